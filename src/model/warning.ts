/** A warning: something was wrong with the input, and Feedmill went on. Data, shown per source. */
export interface Warning {
  /** A short, stable word for scripts, such as `date-out-of-range`. */
  readonly code: string;
  /** One sentence for people; names line or byte where it can: `line 1: date out of range`. */
  readonly message: string;
  /** Which document or item: a file name, a guid, an address. */
  readonly where: string | null;
}
