// Neo4j from its jars, without an installation: starts a server for each home that is named, on the command line or in a line of standard input.
// Takes settings from conf/neo4j.conf of the home, and the first password from conf/first-password. Run by local.py: java -cp "JARS/*" Launch.java
// tied|detached HOME... A tied one ends with the process that started it, whatever ends that one.

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.neo4j.cli.ExecutionContext;
import org.neo4j.commandline.admin.security.SetInitialPasswordCommand;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import picocli.CommandLine;

public class Launch {
    static final ConcurrentLinkedQueue<DatabaseManagementService> running = new ConcurrentLinkedQueue<>();

    public static void main(String[] arguments) throws Exception {
        boolean tied = arguments[0].equals("tied");
        if (tied) {
            // Standard input alone would not do: a fork of the parent holds its other end, too.
            ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> System.exit(0)));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (tied) {
                haltIn(60);
            }
            running.parallelStream().forEach(DatabaseManagementService::shutdown);
        }));
        try {
            for (int i = 1; i < arguments.length; i++) {
                start(Path.of(arguments[i]));
            }
            BufferedReader homes = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
            for (String home = homes.readLine(); home != null; home = homes.readLine()) {
                start(Path.of(home));
            }
        } catch (Exception fault) {
            fault.printStackTrace();
            System.exit(1);
        }
        if (tied) {
            System.exit(0);
        }
        Thread.sleep(Long.MAX_VALUE);
    }

    /** Ends this process though a database does not: nobody else would. What is committed is on disk. */
    static void haltIn(int seconds) {
        Thread halt = new Thread(() -> {
            try {
                Thread.sleep(seconds * 1000L);
            } catch (InterruptedException ended) {
                return;
            }
            Runtime.getRuntime().halt(1);
        });
        halt.setDaemon(true);
        halt.start();
    }

    static void start(Path home) throws Exception {
        Path password = home.resolve("conf/first-password");
        if (Files.exists(password) && !Files.exists(home.resolve("data/databases/system"))) {
            var command = new SetInitialPasswordCommand(new ExecutionContext(home, home.resolve("conf")));
            int code = new CommandLine(command).setExpandAtFiles(false).execute("--", Files.readString(password));
            if (code != 0) {
                throw new IllegalStateException("the first password was not taken");
            }
        }
        running.add(new DatabaseManagementServiceBuilder(home).loadPropertiesFromFile(home.resolve("conf/neo4j.conf")).build());
        Files.deleteIfExists(password);
    }
}
