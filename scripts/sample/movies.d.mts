/** CreateTable's request for the sample table. */
export declare const moviesTable: { readonly TableName: string; readonly [member: string]: unknown };
/** The records of `vega-datasets/data/movies.json` as plain items, one for each year and title. */
export declare function movieItems(records: readonly unknown[]): Record<string, unknown>[];
