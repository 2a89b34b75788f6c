// The page's language is the document's, which the server chose: ?language, else the browser's, else Swedish.
import { en } from "./en";
import { sv, type Words } from "./sv";

export type { Words };
export const words: Words = document.documentElement.lang === "en" ? en : sv;

const whole = new Intl.NumberFormat(words.locale);
const ratios = new Intl.NumberFormat(words.locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const tenths = new Intl.NumberFormat(words.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const shares = new Intl.NumberFormat(words.locale, { style: "percent" });

export const count = (value: number): string => whole.format(value);
export const ratio = (value: number): string => ratios.format(value);
export const tenth = (value: number): string => tenths.format(value);
export const percent = (share: number): string => shares.format(share);
