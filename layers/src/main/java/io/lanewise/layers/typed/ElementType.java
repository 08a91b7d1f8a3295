package io.lanewise.layers.typed;

import java.util.Locale;

/** What a {@link TypedTensor} holds, and in which Java array. */
public enum ElementType {
  /** IEEE single precision, in {@code float[]}. */
  FLOAT(Kind.FLOATING, 4, float[].class),

  /** IEEE half precision, widened in {@code float[]}; every element is exact in 16 bits. */
  FLOAT16(Kind.FLOATING, 2, float[].class),

  /** A float's upper half, widened in {@code float[]}; every element is exact in 16 bits. */
  BFLOAT16(Kind.FLOATING, 2, float[].class),

  /** IEEE double precision, in {@code double[]}. */
  DOUBLE(Kind.FLOATING, 8, double[].class),

  /** In {@code byte[]}. */
  INT8(Kind.SIGNED, 1, byte[].class),

  /** In {@code short[]}. */
  INT16(Kind.SIGNED, 2, short[].class),

  /** In {@code int[]}. */
  INT32(Kind.SIGNED, 4, int[].class),

  /** In {@code long[]}. */
  INT64(Kind.SIGNED, 8, long[].class),

  /** 0 to 255, bit for bit in {@code byte[]}. */
  UINT8(Kind.UNSIGNED, 1, byte[].class),

  /** 0 to 65535, bit for bit in {@code short[]}. */
  UINT16(Kind.UNSIGNED, 2, short[].class),

  /** 0 to 2^32 - 1, bit for bit in {@code int[]}. */
  UINT32(Kind.UNSIGNED, 4, int[].class),

  /** 0 to 2^64 - 1, bit for bit in {@code long[]}. */
  UINT64(Kind.UNSIGNED, 8, long[].class),

  /** 0 or 1 in {@code byte[]}. */
  BOOL(Kind.BOOLEAN, 1, byte[].class),

  /** In {@code String[]}. */
  STRING(Kind.TEXT, 0, String[].class);

  /** How elements are understood. */
  public enum Kind {
    /** Floating point. */
    FLOATING,
    /** Two's complement. */
    SIGNED,
    /** Never negative. */
    UNSIGNED,
    /** True or false. */
    BOOLEAN,
    /** No number. */
    TEXT
  }

  private final Kind kind;
  private final int bytes;
  private final Class<?> array;

  ElementType(Kind kind, int bytes, Class<?> array) {
    this.kind = kind;
    this.bytes = bytes;
    this.array = array;
  }

  /** How elements are understood. */
  public Kind kind() {
    return kind;
  }

  /** Bytes that an element takes in a file; 0 for text, which varies. */
  public int bytes() {
    return bytes;
  }

  /** The class of the array that holds elements. */
  public Class<?> arrayClass() {
    return array;
  }

  /** True for the signed and unsigned integers; not for booleans. */
  public boolean isInteger() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
  }

  /** True for floating point of any width. */
  public boolean isFloating() {
    return kind == Kind.FLOATING;
  }

  /** In small letters, as in {@code int64}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
