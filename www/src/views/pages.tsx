import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Document, Item } from '../backend.js';
import { attempt } from '../state.js';

/** One page of what was found, and where the next one begins. */
export interface Page<Place> {
  readonly items: readonly Item[];
  readonly units: number | undefined;
  readonly next: Place | undefined;
}

/** What every page has of a response. */
export function pageOf<Place>(output: Document, next: string): Page<Place> {
  return {
    items: (output['Items'] ?? []) as Item[],
    units: (output['ConsumedCapacity'] as { CapacityUnits?: number } | undefined)?.CapacityUnits,
    next: output[next] as Place | undefined,
  };
}

/** The pages of what was asked last. */
export interface Pages<Asked, Shown> {
  /** The page that is shown. */
  readonly page: Shown | undefined;
  /** Its number, from one. */
  readonly number: number;
  /** Asks anew, from the first page on; false if that is refused, which leaves everything as it was. */
  readonly ask: (asked: Asked) => Promise<boolean>;
  /** Reads the page that is shown again. */
  readonly reload: () => Promise<boolean>;
  /** Forgets the page that is shown. */
  readonly clear: () => void;
  readonly previous: (() => void) | undefined;
  readonly next: (() => void) | undefined;
}

/** Reads pages with `read`, which is told what is asked and where the page begins; `title` names that in a notice. */
export function usePages<Asked, Place, Shown extends Page<Place>>(
  title: (asked: Asked) => string,
  read: (asked: Asked, start: Place | undefined) => Promise<Shown>,
): Pages<Asked, Shown> {
  const [page, setPage] = useState<Shown>();
  const [asked, setAsked] = useState<Asked>();
  /** Where the pages begin, the one that is shown last. */
  const [starts, setStarts] = useState<readonly (Place | undefined)[]>([undefined]);

  const show = async (wanted: Asked, pages: readonly (Place | undefined)[]) => {
    const isDone = await attempt(title(wanted), async () => {
      setPage(await read(wanted, pages.at(-1)));
      setAsked(wanted);
      setStarts(pages);
      return true;
    });
    return isDone === true;
  };
  const again = (pages: readonly (Place | undefined)[]) => async () => asked !== undefined && (await show(asked, pages));
  return {
    page,
    number: starts.length,
    ask: (wanted) => show(wanted, [undefined]),
    reload: again(starts),
    clear: () => setPage(undefined),
    previous: starts.length > 1 ? () => void again(starts.slice(0, -1))() : undefined,
    next: page?.next === undefined ? undefined : () => void again([...starts, page.next])(),
  };
}

interface BarProps {
  readonly pages: Pick<Pages<never, never>, 'previous' | 'next'>;
  readonly testId: string;
  readonly summary: string;
  /** More buttons. */
  readonly children?: ComponentChildren;
}

/** Says what a page shows, and turns it. */
export function ResultsBar({ pages, testId, summary, children }: BarProps) {
  return (
    <div class="results-bar">
      <span class="quiet" data-testid={testId}>
        {summary}
      </span>
      <span class="buttons">
        <button type="button" class="outline" disabled={pages.previous === undefined} onClick={pages.previous}>
          Previous page
        </button>
        <button type="button" class="outline" disabled={pages.next === undefined} onClick={pages.next}>
          Next page
        </button>
        {children}
      </span>
    </div>
  );
}
