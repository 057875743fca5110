/** Rows that a thread takes at a time. */
const CHUNK: i32 = 32;

// @ts-ignore: decorator
@inline
function sum(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, bytes: usize): f32 {
  let total = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    total = f32x4.add(total, f32x4.mul(v128.load(a + at), v128.load(b + at)));
  }
  return sum(total);
}

/** target = gram * vector + lambda * vector, eight rows of the symmetric gram at a time. */
function multiplyGram(gram: usize, vector: usize, target: usize, lambda: f32, bytes: usize): void {
  const scaled = f32x4.splat(lambda);
  for (let at: usize = 0; at < bytes; at += 16) v128.store(target + at, f32x4.mul(scaled, v128.load(vector + at)));
  let g0 = gram;
  for (let k: usize = 0; k < bytes; k += 32) {
    const c0 = v128.load32_splat(vector + k);
    const c1 = v128.load32_splat(vector + k, 4);
    const c2 = v128.load32_splat(vector + k, 8);
    const c3 = v128.load32_splat(vector + k, 12);
    const c4 = v128.load32_splat(vector + k, 16);
    const c5 = v128.load32_splat(vector + k, 20);
    const c6 = v128.load32_splat(vector + k, 24);
    const c7 = v128.load32_splat(vector + k, 28);
    let g1 = g0 + bytes;
    let g2 = g1 + bytes;
    let g3 = g2 + bytes;
    let g4 = g3 + bytes;
    let g5 = g4 + bytes;
    let g6 = g5 + bytes;
    let g7 = g6 + bytes;
    const next = g7 + bytes;
    for (let at: usize = 0; at < bytes; at += 32) {
      let u = v128.load(target + at);
      u = f32x4.add(u, f32x4.add(f32x4.mul(c0, v128.load(g0)), f32x4.mul(c1, v128.load(g1))));
      u = f32x4.add(u, f32x4.add(f32x4.mul(c2, v128.load(g2)), f32x4.mul(c3, v128.load(g3))));
      u = f32x4.add(u, f32x4.add(f32x4.mul(c4, v128.load(g4)), f32x4.mul(c5, v128.load(g5))));
      u = f32x4.add(u, f32x4.add(f32x4.mul(c6, v128.load(g6)), f32x4.mul(c7, v128.load(g7))));
      v128.store(target + at, u);
      let v = v128.load(target + at, 16);
      v = f32x4.add(v, f32x4.add(f32x4.mul(c0, v128.load(g0, 16)), f32x4.mul(c1, v128.load(g1, 16))));
      v = f32x4.add(v, f32x4.add(f32x4.mul(c2, v128.load(g2, 16)), f32x4.mul(c3, v128.load(g3, 16))));
      v = f32x4.add(v, f32x4.add(f32x4.mul(c4, v128.load(g4, 16)), f32x4.mul(c5, v128.load(g5, 16))));
      v = f32x4.add(v, f32x4.add(f32x4.mul(c6, v128.load(g6, 16)), f32x4.mul(c7, v128.load(g7, 16))));
      v128.store(target + at, v, 16);
      g0 += 32;
      g1 += 32;
      g2 += 32;
      g3 += 32;
      g4 += 32;
      g5 += 32;
      g6 += 32;
      g7 += 32;
    }
    g0 = next;
  }
}

/** Sums of the lanes of four vectors, in four lanes. */
// @ts-ignore: decorator
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7));
  return f32x4.add(i32x4.shuffle(ab, cd, 0, 1, 4, 5), i32x4.shuffle(ab, cd, 2, 3, 6, 7));
}

/** target += sum over the row's entries k of w_k (base + slope * (y_k . vector)) y_k, eight entries at a time. */
function addEntries(
  ids: usize, values: usize, first: i32, end: i32, fixed: usize, vector: usize, target: usize, bytes: usize,
  slope: f32, base: f32,
): void {
  const slopes = f32x4.splat(slope);
  const bases = f32x4.splat(base);
  let k = first;
  for (; k + 8 <= end; k += 8) {
    const id = ids + (<usize>k << 2);
    let y0 = fixed + <usize>load<i32>(id, 0) * bytes;
    let y1 = fixed + <usize>load<i32>(id, 4) * bytes;
    let y2 = fixed + <usize>load<i32>(id, 8) * bytes;
    let y3 = fixed + <usize>load<i32>(id, 12) * bytes;
    let y4 = fixed + <usize>load<i32>(id, 16) * bytes;
    let y5 = fixed + <usize>load<i32>(id, 20) * bytes;
    let y6 = fixed + <usize>load<i32>(id, 24) * bytes;
    let y7 = fixed + <usize>load<i32>(id, 28) * bytes;
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    let s4 = f32x4.splat(0);
    let s5 = f32x4.splat(0);
    let s6 = f32x4.splat(0);
    let s7 = f32x4.splat(0);
    for (let at: usize = 0; at < bytes; at += 32) {
      const p = v128.load(vector + at);
      s0 = f32x4.add(s0, f32x4.mul(p, v128.load(y0)));
      s1 = f32x4.add(s1, f32x4.mul(p, v128.load(y1)));
      s2 = f32x4.add(s2, f32x4.mul(p, v128.load(y2)));
      s3 = f32x4.add(s3, f32x4.mul(p, v128.load(y3)));
      s4 = f32x4.add(s4, f32x4.mul(p, v128.load(y4)));
      s5 = f32x4.add(s5, f32x4.mul(p, v128.load(y5)));
      s6 = f32x4.add(s6, f32x4.mul(p, v128.load(y6)));
      s7 = f32x4.add(s7, f32x4.mul(p, v128.load(y7)));
      const q = v128.load(vector + at, 16);
      s0 = f32x4.add(s0, f32x4.mul(q, v128.load(y0, 16)));
      s1 = f32x4.add(s1, f32x4.mul(q, v128.load(y1, 16)));
      s2 = f32x4.add(s2, f32x4.mul(q, v128.load(y2, 16)));
      s3 = f32x4.add(s3, f32x4.mul(q, v128.load(y3, 16)));
      s4 = f32x4.add(s4, f32x4.mul(q, v128.load(y4, 16)));
      s5 = f32x4.add(s5, f32x4.mul(q, v128.load(y5, 16)));
      s6 = f32x4.add(s6, f32x4.mul(q, v128.load(y6, 16)));
      s7 = f32x4.add(s7, f32x4.mul(q, v128.load(y7, 16)));
      y0 += 32;
      y1 += 32;
      y2 += 32;
      y3 += 32;
      y4 += 32;
      y5 += 32;
      y6 += 32;
      y7 += 32;
    }
    let c = f32x4.add(bases, f32x4.mul(slopes, sums(s0, s1, s2, s3)));
    let d = f32x4.add(bases, f32x4.mul(slopes, sums(s4, s5, s6, s7)));
    if (values != 0) {
      c = f32x4.mul(c, v128.load(values + (<usize>k << 2)));
      d = f32x4.mul(d, v128.load(values + (<usize>k << 2), 16));
    }
    const c0 = i32x4.shuffle(c, c, 0, 0, 0, 0);
    const c1 = i32x4.shuffle(c, c, 1, 1, 1, 1);
    const c2 = i32x4.shuffle(c, c, 2, 2, 2, 2);
    const c3 = i32x4.shuffle(c, c, 3, 3, 3, 3);
    const c4 = i32x4.shuffle(d, d, 0, 0, 0, 0);
    const c5 = i32x4.shuffle(d, d, 1, 1, 1, 1);
    const c6 = i32x4.shuffle(d, d, 2, 2, 2, 2);
    const c7 = i32x4.shuffle(d, d, 3, 3, 3, 3);
    y0 -= bytes;
    y1 -= bytes;
    y2 -= bytes;
    y3 -= bytes;
    y4 -= bytes;
    y5 -= bytes;
    y6 -= bytes;
    y7 -= bytes;
    for (let at: usize = 0; at < bytes; at += 32) {
      let u = v128.load(target + at);
      u = f32x4.add(u, f32x4.add(f32x4.mul(c0, v128.load(y0)), f32x4.mul(c1, v128.load(y1))));
      u = f32x4.add(u, f32x4.add(f32x4.mul(c2, v128.load(y2)), f32x4.mul(c3, v128.load(y3))));
      u = f32x4.add(u, f32x4.add(f32x4.mul(c4, v128.load(y4)), f32x4.mul(c5, v128.load(y5))));
      u = f32x4.add(u, f32x4.add(f32x4.mul(c6, v128.load(y6)), f32x4.mul(c7, v128.load(y7))));
      v128.store(target + at, u);
      let v = v128.load(target + at, 16);
      v = f32x4.add(v, f32x4.add(f32x4.mul(c0, v128.load(y0, 16)), f32x4.mul(c1, v128.load(y1, 16))));
      v = f32x4.add(v, f32x4.add(f32x4.mul(c2, v128.load(y2, 16)), f32x4.mul(c3, v128.load(y3, 16))));
      v = f32x4.add(v, f32x4.add(f32x4.mul(c4, v128.load(y4, 16)), f32x4.mul(c5, v128.load(y5, 16))));
      v = f32x4.add(v, f32x4.add(f32x4.mul(c6, v128.load(y6, 16)), f32x4.mul(c7, v128.load(y7, 16))));
      v128.store(target + at, v, 16);
      y0 += 32;
      y1 += 32;
      y2 += 32;
      y3 += 32;
      y4 += 32;
      y5 += 32;
      y6 += 32;
      y7 += 32;
    }
  }
  for (; k < end; k++) {
    const y = fixed + <usize>load<i32>(ids + (<usize>k << 2)) * bytes;
    const w: f32 = values != 0 ? load<f32>(values + (<usize>k << 2)) : 1;
    const c = f32x4.splat(w * (base + slope * dot(y, vector, bytes)));
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(target + at, f32x4.add(v128.load(target + at), f32x4.mul(c, v128.load(y + at))));
    }
  }
}

/**
 * Conjugate-gradient steps for every row; `gram` is unobservedWeight * Y'Y, `scratch` has three vectors for each thread.
 * Rows are independent: which thread takes one changes nothing.
 */
export function solveRows(
  counter: usize, scratch: usize, start: usize, ids: usize, values: usize, fixed: usize, solved: usize, gram: usize, lambdas: usize,
  rows: i32, dimensions: i32, steps: i32,
): void {
  const bytes = <usize>dimensions << 2;
  const r = scratch + <usize>atomic.add<i32>(counter + 4, 1) * (3 * bytes);
  const p = r + bytes;
  const q = p + bytes;
  for (;;) {
    const firstRow = atomic.add<i32>(counter, CHUNK);
    if (firstRow >= rows) return;
    const lastRow = min(firstRow + CHUNK, rows);
    for (let row = firstRow; row < lastRow; row++) {
      const first = load<i32>(start + (<usize>row << 2));
      const end = load<i32>(start + (<usize>row << 2) + 4);
      const x = solved + <usize>row * bytes;
      if (first == end) {
        memory.fill(x, 0, bytes);
        continue;
      }
      const lambda = load<f32>(lambdas + (<usize>row << 2));
      multiplyGram(gram, x, r, lambda, bytes);
      for (let at: usize = 0; at < bytes; at += 16) v128.store(r + at, f32x4.neg(v128.load(r + at)));
      addEntries(ids, values, first, end, fixed, x, r, bytes, -1, 1);
      memory.copy(p, r, bytes);
      let norm = dot(r, r, bytes);
      for (let step = 0; step < steps; step++) {
        if (norm < 1e-20) break;
        multiplyGram(gram, p, q, lambda, bytes);
        addEntries(ids, values, first, end, fixed, p, q, bytes, 1, 0);
        const length = f32x4.splat(norm / dot(p, q, bytes));
        for (let at: usize = 0; at < bytes; at += 16) {
          v128.store(x + at, f32x4.add(v128.load(x + at), f32x4.mul(length, v128.load(p + at))));
          v128.store(r + at, f32x4.sub(v128.load(r + at), f32x4.mul(length, v128.load(q + at))));
        }
        const next = dot(r, r, bytes);
        const turn = f32x4.splat(next / norm);
        norm = next;
        for (let at: usize = 0; at < bytes; at += 16) {
          v128.store(p + at, f32x4.add(v128.load(r + at), f32x4.mul(turn, v128.load(p + at))));
        }
      }
    }
  }
}

/** out[block] = Y'Y over the rows of each block, for blocks taken from the common counter; added up later in their order. */
export function gramBlocks(counter: usize, factors: usize, rows: i32, dimensions: i32, blocks: i32, out: usize): void {
  const bytes = <usize>dimensions << 2;
  const size = <usize>dimensions * bytes;
  for (;;) {
    const block = atomic.add<i32>(counter, 1);
    if (block >= blocks) return;
    const target = out + <usize>block * size;
    memory.fill(target, 0, size);
    const end = <i32>((<i64>rows * (block + 1)) / blocks);
    let row = <i32>((<i64>rows * block) / blocks);
    for (; row + 4 <= end; row += 4) addOuterFour(factors + <usize>row * bytes, target, bytes);
    for (; row < end; row++) addOuter(factors + <usize>row * bytes, target, bytes);
  }
}

/** target += y y' of four vectors that lie one after the other. */
function addOuterFour(y: usize, target: usize, bytes: usize): void {
  let to = target;
  for (let i: usize = 0; i < bytes; i += 4) {
    let y0 = y;
    let y1 = y0 + bytes;
    let y2 = y1 + bytes;
    let y3 = y2 + bytes;
    const a = v128.load32_splat(y0 + i);
    const b = v128.load32_splat(y1 + i);
    const c = v128.load32_splat(y2 + i);
    const d = v128.load32_splat(y3 + i);
    for (let at: usize = 0; at < bytes; at += 32) {
      const u = f32x4.add(f32x4.mul(a, v128.load(y0)), f32x4.mul(b, v128.load(y1)));
      const v = f32x4.add(f32x4.mul(a, v128.load(y0, 16)), f32x4.mul(b, v128.load(y1, 16)));
      const w = f32x4.add(f32x4.mul(c, v128.load(y2)), f32x4.mul(d, v128.load(y3)));
      const x = f32x4.add(f32x4.mul(c, v128.load(y2, 16)), f32x4.mul(d, v128.load(y3, 16)));
      v128.store(to, f32x4.add(v128.load(to), f32x4.add(u, w)));
      v128.store(to, f32x4.add(v128.load(to, 16), f32x4.add(v, x)), 16);
      y0 += 32;
      y1 += 32;
      y2 += 32;
      y3 += 32;
      to += 32;
    }
  }
}

/** target += y y'. */
function addOuter(y: usize, target: usize, bytes: usize): void {
  let to = target;
  for (let i: usize = 0; i < bytes; i += 4) {
    const a = v128.load32_splat(y + i);
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(to, f32x4.add(v128.load(to), f32x4.mul(a, v128.load(y + at))));
      to += 16;
    }
  }
}
