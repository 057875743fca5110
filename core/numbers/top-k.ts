/**
 * A bounded min-heap of (id, score) pairs on typed arrays: keeps the k best of a stream in O(log k) a pair and
 * allocates nothing after `makeTopK`. Equal scores keep the lower id, so results do not depend on arrival order.
 */
export type TopK = { readonly ids: Int32Array; readonly scores: Float64Array; size: number };

/** An empty heap for the `capacity` best pairs. */
export function makeTopK(capacity: number): TopK {
  return { ids: new Int32Array(capacity), scores: new Float64Array(capacity), size: 0 };
}

/** Offers one pair; it stays when it is among the best so far. NaN scores are refused. */
export function offer(heap: TopK, id: number, score: number): void {
  if (Number.isNaN(score)) return;
  if (heap.size < heap.ids.length) {
    heap.ids[heap.size] = id;
    heap.scores[heap.size] = score;
    siftUp(heap, heap.size);
    heap.size += 1;
    return;
  }
  if (heap.size === 0 || !isWorse(heap.scores[0]!, heap.ids[0]!, score, id)) return;
  heap.ids[0] = id;
  heap.scores[0] = score;
  siftDown(heap, heap.size);
}

/** Sorts the kept pairs in place, best first, and returns how many there are; call `clear` before reuse. */
export function sortBestFirst(heap: TopK): number {
  const size = heap.size;
  for (let end = size - 1; end > 0; end--) {
    swap(heap, 0, end);
    siftDown(heap, end);
  }
  return size;
}

/** Empties the heap for the next stream. */
export function clear(heap: TopK): void {
  heap.size = 0;
}

function isWorse(score: number, id: number, otherScore: number, otherId: number): boolean {
  return score < otherScore || (score === otherScore && id > otherId);
}

function worseAt(heap: TopK, left: number, right: number): boolean {
  return isWorse(heap.scores[left]!, heap.ids[left]!, heap.scores[right]!, heap.ids[right]!);
}

function siftUp(heap: TopK, from: number): void {
  let child = from;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!worseAt(heap, child, parent)) return;
    swap(heap, child, parent);
    child = parent;
  }
}

function siftDown(heap: TopK, size: number): void {
  let parent = 0;
  for (;;) {
    let worst = parent;
    const left = 2 * parent + 1;
    if (left < size && worseAt(heap, left, worst)) worst = left;
    if (left + 1 < size && worseAt(heap, left + 1, worst)) worst = left + 1;
    if (worst === parent) return;
    swap(heap, parent, worst);
    parent = worst;
  }
}

function swap(heap: TopK, a: number, b: number): void {
  const id = heap.ids[a]!;
  const score = heap.scores[a]!;
  heap.ids[a] = heap.ids[b]!;
  heap.scores[a] = heap.scores[b]!;
  heap.ids[b] = id;
  heap.scores[b] = score;
}
