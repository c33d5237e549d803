// Arrays in PostgreSQL's binary form: thousands of values travel as one parameter, without quoting, and bytes as they
// are (the text form would double them as hex).

const OIDS = { bytea: 17, int8: 20, int4: 23, text: 25 } as const;
const HEADER_BYTES = 20;
const NOTHING_BYTES = 12;

/** The buffer of an array of `count` elements that take `bytes` in all, their lengths included, with its header. */
function headed(oid: number, count: number, bytes: number): Buffer {
  const buffer = Buffer.allocUnsafe(count === 0 ? NOTHING_BYTES : HEADER_BYTES + bytes);
  buffer.writeInt32BE(count === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(oid, 8);
  if (count === 0) return buffer;
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16);
  return buffer;
}

function strings(oid: number, values: readonly string[]): Buffer {
  const lengths = values.map((value) => Buffer.byteLength(value));
  const buffer = headed(
    oid,
    values.length,
    lengths.reduce((sum, length) => sum + 4 + length, 0),
  );
  let at = HEADER_BYTES;
  for (const [index, value] of values.entries()) {
    at = buffer.writeInt32BE(lengths[index] ?? 0, at);
    at += buffer.write(value, at);
  }
  return buffer;
}

/** For a parameter of type text[]. */
export function texts(values: readonly string[]): Buffer {
  return strings(OIDS.text, values);
}

/** For a parameter of type bytea[]: the UTF-8 of each text. */
export function byteas(values: readonly string[]): Buffer {
  return strings(OIDS.bytea, values);
}

/** For a parameter of type int8[]; safe integers. */
export function int8s(values: readonly number[]): Buffer {
  const buffer = headed(OIDS.int8, values.length, values.length * 12);
  let at = HEADER_BYTES;
  for (const value of values) at = buffer.writeBigInt64BE(BigInt(value), buffer.writeInt32BE(8, at));
  return buffer;
}

/** For a parameter of type int4[]. */
export function int4s(values: readonly number[]): Buffer {
  const buffer = headed(OIDS.int4, values.length, values.length * 8);
  let at = HEADER_BYTES;
  for (const value of values) at = buffer.writeInt32BE(value, buffer.writeInt32BE(4, at));
  return buffer;
}
