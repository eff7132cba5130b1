// The sample table of `npm start`: the movies of vega-datasets as DynamoDB items. Pure, so that a page can use it as well.

/** Years are known to two digits only in part of the source, which reads 1915 as 2015: no film in it is later than this one. */
const LAST_YEAR = 2011;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** CreateTable's request. Both indexes are sparse: a film without genre or rating is not in ByGenre. */
export const moviesTable = {
  TableName: 'Movie',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'year', AttributeType: 'N' },
    { AttributeName: 'title', AttributeType: 'S' },
    { AttributeName: 'genre', AttributeType: 'S' },
    { AttributeName: 'imdbRating', AttributeType: 'N' },
    { AttributeName: 'releaseDate', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'year', KeyType: 'HASH' },
    { AttributeName: 'title', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'ByGenre',
      KeySchema: [
        { AttributeName: 'genre', KeyType: 'HASH' },
        { AttributeName: 'imdbRating', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'ByReleaseDate',
      KeySchema: [
        { AttributeName: 'year', KeyType: 'HASH' },
        { AttributeName: 'releaseDate', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

/** `Jun 12 1998` as year and ISO date. */
function released(text) {
  const [month, day, written] = text.split(' ');
  const year = Number(written) > LAST_YEAR ? Number(written) - 100 : Number(written);
  const monthNumber = String(MONTHS.indexOf(month) + 1).padStart(2, '0');
  return { year, releaseDate: `${year}-${monthNumber}-${day.padStart(2, '0')}` };
}

/** The object without the members the source has no value for. */
function known(members) {
  const kept = Object.entries(members).filter(([, value]) => value !== null && value !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

function movieItem(record) {
  return known({
    ...released(record['Release Date']),
    // Some titles are numbers in the source (1941), and one film's is missing.
    title: record.Title === null ? 'Untitled' : String(record.Title),
    genre: record['Major Genre'],
    imdbRating: record['IMDB Rating'],
    imdbVotes: record['IMDB Votes'],
    rottenTomatoes: record['Rotten Tomatoes Rating'],
    mpaaRating: record['MPAA Rating'],
    director: record.Director,
    distributor: record.Distributor,
    source: record.Source,
    creativeType: record['Creative Type'],
    runtimeMinutes: record['Running Time min'],
    dollars: known({
      budget: record['Production Budget'],
      usGross: record['US Gross'],
      worldwideGross: record['Worldwide Gross'],
      usDvdSales: record['US DVD Sales'],
    }),
  });
}

/** The records of `vega-datasets/data/movies.json` as items for a document client, one for each year and title. */
export function movieItems(records) {
  const items = records.map(movieItem);
  const taken = new Map();
  for (const item of items) {
    const key = `${item.year} ${item.title}`;
    const count = (taken.get(key) ?? 0) + 1;
    taken.set(key, count);
    if (count > 1) item.title = `${item.title} (${count})`;
  }
  return items;
}
