// Turns the films of `vega-datasets` into a table definition and items in DynamoDB JSON: what `npm start` loads into the endpoint and
// what the console loads into its own region. Run as a program it writes `www/public/sample-movies.json`.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Films by year and title; by genre and rating anywhere; by date within a year. */
export const MOVIE_TABLE = {
  TableName: 'Movie',
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'year', AttributeType: 'N' },
    { AttributeName: 'title', AttributeType: 'S' },
    { AttributeName: 'genre', AttributeType: 'S' },
    { AttributeName: 'rating', AttributeType: 'N' },
    { AttributeName: 'released', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'year', KeyType: 'HASH' },
    { AttributeName: 'title', KeyType: 'RANGE' },
  ],
  LocalSecondaryIndexes: [
    {
      IndexName: 'by-release-date',
      KeySchema: [
        { AttributeName: 'year', KeyType: 'HASH' },
        { AttributeName: 'released', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-genre',
      KeySchema: [
        { AttributeName: 'genre', KeyType: 'HASH' },
        { AttributeName: 'rating', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

/** `Jun 12 1998` as `1998-06-12`; undefined for anything else. */
function isoDate(text) {
  const match = /^([A-Z][a-z]{2}) (\d{1,2}) (\d{4})$/.exec(text ?? '');
  const month = match ? MONTHS.indexOf(match[1]) + 1 : 0;
  return month > 0 ? `${match[3]}-${String(month).padStart(2, '0')}-${match[2].padStart(2, '0')}` : undefined;
}

function number(value) {
  return typeof value === 'number' ? { N: String(value) } : undefined;
}

function text(value) {
  return value === null || value === undefined || value === '' ? undefined : { S: String(value) };
}

/** One item a record; records without a date get year 0, and films of one year and title are told apart by a number. */
export function movieItems(records) {
  const seen = new Map();
  return records.map((record) => {
    const released = isoDate(record['Release Date']);
    const year = released ? Number(released.slice(0, 4)) : 0;
    const name = record.Title === null || record.Title === '' ? '(untitled)' : String(record.Title);
    const count = (seen.get(`${year}|${name}`) ?? 0) + 1;
    seen.set(`${year}|${name}`, count);
    const gross = {
      us: number(record['US Gross']),
      worldwide: number(record['Worldwide Gross']),
      dvd: number(record['US DVD Sales']),
    };
    const item = {
      year: { N: String(year) },
      title: { S: count === 1 ? name : `${name} (${count})` },
      released: text(released),
      genre: text(record['Major Genre']),
      rating: number(record['IMDB Rating']),
      votes: number(record['IMDB Votes']),
      tomatoes: number(record['Rotten Tomatoes Rating']),
      minutes: number(record['Running Time min']),
      audience: text(record['MPAA Rating']),
      director: text(record.Director),
      distributor: text(record.Distributor),
      source: text(record.Source),
      type: text(record['Creative Type']),
      budget: number(record['Production Budget']),
      gross: { M: withoutAbsent(gross) },
    };
    return withoutAbsent(item);
  });
}

function withoutAbsent(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}

/** The sample as one document. */
export function sampleData() {
  const place = createRequire(import.meta.url).resolve('vega-datasets/data/movies.json');
  return { table: MOVIE_TABLE, items: movieItems(JSON.parse(readFileSync(place, 'utf8'))) };
}

/** Writes the sample where the console finds it. */
export function writeSampleData() {
  const place = join(dirname(fileURLToPath(import.meta.url)), '..', 'www', 'public', 'sample-movies.json');
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, JSON.stringify(sampleData()));
  return place;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(writeSampleData());
