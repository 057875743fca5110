/** Rows that a thread takes at a time. */
const CHUNK: i32 = 16;

/**
 * out (rows x inner) = sparse (rows x n, compressed) times dense (n x inner). `values` 0: all ones. `counter` points to a zeroed i32,
 * the next chunk of rows.
 */
export function multiplySparseRows(
  counter: usize,
  start: usize,
  ids: usize,
  values: usize,
  dense: usize,
  out: usize,
  rows: i32,
  inner: i32,
): void {
  const rowBytes = <usize>inner << 2;
  for (let chunk = atomic.add<i32>(counter, CHUNK); chunk < rows; chunk = atomic.add<i32>(counter, CHUNK)) {
    for (let row = chunk; row < min(rows, chunk + CHUNK); row++) {
      const target = out + <usize>row * rowBytes;
      memory.fill(target, 0, rowBytes);
      let at = load<i32>(start + (<usize>row << 2));
      const end = load<i32>(start + (<usize>row << 2), 4);
      for (; at + 3 < end; at += 4) {
        addFour(ids + (<usize>at << 2), values == 0 ? 0 : values + (<usize>at << 2), dense, target, rowBytes);
      }
      for (; at < end; at++) {
        const weight = values == 0 ? <f32>1 : load<f32>(values + (<usize>at << 2));
        addOne(dense + <usize>load<i32>(ids + (<usize>at << 2)) * rowBytes, weight, target, rowBytes);
      }
    }
  }
}

/** target += the four rows of `dense` that `ids` names, each times its weight. */
function addFour(ids: usize, values: usize, dense: usize, target: usize, rowBytes: usize): void {
  const a = dense + <usize>load<i32>(ids) * rowBytes;
  const b = dense + <usize>load<i32>(ids, 4) * rowBytes;
  const c = dense + <usize>load<i32>(ids, 8) * rowBytes;
  const d = dense + <usize>load<i32>(ids, 12) * rowBytes;
  const p = values == 0 ? <f32>1 : load<f32>(values);
  const q = values == 0 ? <f32>1 : load<f32>(values, 4);
  const r = values == 0 ? <f32>1 : load<f32>(values, 8);
  const s = values == 0 ? <f32>1 : load<f32>(values, 12);
  const pp = f32x4.splat(p);
  const qq = f32x4.splat(q);
  const rr = f32x4.splat(r);
  const ss = f32x4.splat(s);
  const even = rowBytes & ~(<usize>15);
  let at: usize = 0;
  for (; at < even; at += 16) {
    const ab = f32x4.add(f32x4.mul(pp, v128.load(a + at)), f32x4.mul(qq, v128.load(b + at)));
    const cd = f32x4.add(f32x4.mul(rr, v128.load(c + at)), f32x4.mul(ss, v128.load(d + at)));
    v128.store(target + at, f32x4.add(v128.load(target + at), f32x4.add(ab, cd)));
  }
  for (; at < rowBytes; at += 4) {
    const ab = p * load<f32>(a + at) + q * load<f32>(b + at);
    const cd = r * load<f32>(c + at) + s * load<f32>(d + at);
    store<f32>(target + at, load<f32>(target + at) + (ab + cd));
  }
}

/** target += weight * source. */
function addOne(source: usize, weight: f32, target: usize, rowBytes: usize): void {
  const factor = f32x4.splat(weight);
  const even = rowBytes & ~(<usize>15);
  let at: usize = 0;
  for (; at < even; at += 16) {
    v128.store(target + at, f32x4.add(v128.load(target + at), f32x4.mul(factor, v128.load(source + at))));
  }
  for (; at < rowBytes; at += 4) {
    store<f32>(target + at, load<f32>(target + at) + weight * load<f32>(source + at));
  }
}
