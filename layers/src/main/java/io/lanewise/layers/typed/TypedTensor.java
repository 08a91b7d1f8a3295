package io.lanewise.layers.typed;

import io.lanewise.kernels.quantised.HalfFloats;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A dense, row-major tensor of any {@link ElementType}, over an array that is shared, not copied.
 * For everything around the kernels: indices, masks, shapes, quantised bytes. No arithmetic lives
 * here.
 */
public final class TypedTensor {
  private final ElementType type;
  private final Shape shape;
  private final Consumer<float[]> source; // null if the elements were there from the beginning
  private volatile Object array; // null until somebody asks for the elements

  private TypedTensor(ElementType type, Shape shape, Object array) {
    this.type = type;
    this.shape = shape;
    this.source = null;
    this.array = array;
  }

  private TypedTensor(Shape shape, Consumer<float[]> source) {
    this.type = ElementType.FLOAT;
    this.shape = shape;
    this.source = Objects.requireNonNull(source, "source");
  }

  /**
   * A float32 tensor that takes no memory until its elements are asked for, such as weights in a
   * file. {@link #copyFloats} reads them and keeps nothing.
   *
   * @param source writes all elements to the beginning of an array, the same ones each time; may be
   *     called by several threads
   */
  public static TypedTensor later(Shape shape, Consumer<float[]> source) {
    return new TypedTensor(shape, source);
  }

  /**
   * A tensor over all of {@code array}.
   *
   * @param array of the type's {@link ElementType#arrayClass()}; for 16-bit floats every element
   *     must be exact in 16 bits, which is not checked
   * @throws IllegalArgumentException if the array is of another class or length
   */
  public static TypedTensor of(ElementType type, Shape shape, Object array) {
    Objects.requireNonNull(shape, "shape");
    if (array.getClass() != type.arrayClass()) {
      throw new IllegalArgumentException(
          "a tensor of "
              + type
              + " lies in "
              + type.arrayClass().getSimpleName()
              + ", got "
              + array.getClass().getSimpleName());
    }
    if (Array.getLength(array) != shape.size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " needs " + shape.size() + " values, got " + Array.getLength(array));
    }
    return new TypedTensor(type, shape, array);
  }

  /** A new tensor full of zeros, of false, or of empty text. */
  public static TypedTensor zeros(ElementType type, Shape shape) {
    Object array = Array.newInstance(type.arrayClass().getComponentType(), shape.size());
    if (type == ElementType.STRING) {
      Arrays.fill((String[]) array, "");
    }
    return new TypedTensor(type, shape, array);
  }

  /** A scalar. */
  public static TypedTensor scalar(long value) {
    return of(ElementType.INT64, Shape.of(), new long[] {value});
  }

  /** A vector of int64. */
  public static TypedTensor vector(long... values) {
    return of(ElementType.INT64, Shape.of(values.length), values.clone());
  }

  /** The same elements as a float32 tensor; shared if that lies in an array of its own. */
  public static TypedTensor of(Tensor tensor) {
    if (tensor.layout() != Layout.CHANNELS_FIRST) {
      return of(tensor.copy(Layout.CHANNELS_FIRST));
    }
    boolean whole = tensor.offset() == 0 && tensor.array().length == tensor.size();
    return of(ElementType.FLOAT, tensor.shape(), whole ? tensor.array() : tensor.toArray());
  }

  /** The element type. */
  public ElementType type() {
    return type;
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** Number of elements. */
  public int size() {
    return shape.size();
  }

  /** The elements' array, shared. */
  public Object array() {
    Object known = array;
    return known == null ? read() : known;
  }

  private synchronized Object read() {
    if (array == null) {
      float[] elements = new float[shape.size()];
      source.accept(elements);
      array = elements;
    }
    return array;
  }

  /** True of one of {@link #later} as long as nobody has asked for its array. */
  public boolean isOutside() {
    return array == null;
  }

  /**
   * Copies all elements of a float32 tensor to the beginning of an array.
   *
   * @throws IllegalArgumentException if the array is too short
   * @throws IllegalStateException if elements are not float32
   */
  public void copyFloats(float[] dst) {
    if (dst.length < size()) {
      throw new IllegalArgumentException(
          "shape " + shape + " needs an array of " + size() + " values, got one of " + dst.length);
    }
    if (isOutside()) {
      source.accept(dst);
    } else {
      requireFloats();
      System.arraycopy(array, 0, dst, 0, size());
    }
  }

  /** The array of a float, float16 or bfloat16 tensor, shared. */
  public float[] floats() {
    return (float[]) requireArray(float[].class);
  }

  /** The array of a double tensor, shared. */
  public double[] doubles() {
    return (double[]) requireArray(double[].class);
  }

  /** The array of an int64 or uint64 tensor, shared. */
  public long[] longs() {
    return (long[]) requireArray(long[].class);
  }

  /** The array of an int32 or uint32 tensor, shared. */
  public int[] ints() {
    return (int[]) requireArray(int[].class);
  }

  /** The array of an int16 or uint16 tensor, shared. */
  public short[] shorts() {
    return (short[]) requireArray(short[].class);
  }

  /** The array of an int8, uint8 or bool tensor, shared. */
  public byte[] bytes() {
    return (byte[]) requireArray(byte[].class);
  }

  /** The array of a text tensor, shared. */
  public String[] strings() {
    return (String[]) requireArray(String[].class);
  }

  private Object requireArray(Class<?> expected) {
    if (type.arrayClass() != expected) {
      throw new IllegalStateException(
          "expected elements in " + expected.getSimpleName() + ", got a tensor of " + type);
    }
    return array();
  }

  /**
   * Element {@code i} as an integer: unsigned types widened without sign (uint64 bit for bit),
   * floating point rounded towards zero.
   *
   * @throws IllegalStateException of text
   */
  public long longAt(int i) {
    return switch (type) {
      case INT64, UINT64 -> ((long[]) array())[i];
      case INT32 -> ((int[]) array())[i];
      case UINT32 -> Integer.toUnsignedLong(((int[]) array())[i]);
      case INT16 -> ((short[]) array())[i];
      case UINT16 -> Short.toUnsignedLong(((short[]) array())[i]);
      case INT8, BOOL -> ((byte[]) array())[i];
      case UINT8 -> Byte.toUnsignedLong(((byte[]) array())[i]);
      case FLOAT, FLOAT16, BFLOAT16 -> (long) ((float[]) array())[i];
      case DOUBLE -> (long) ((double[]) array())[i];
      case STRING -> throw notANumber();
    };
  }

  /**
   * Element {@code i} as floating point; 64-bit integers are rounded.
   *
   * @throws IllegalStateException of text
   */
  public double doubleAt(int i) {
    return switch (type) {
      case FLOAT, FLOAT16, BFLOAT16 -> ((float[]) array())[i];
      case DOUBLE -> ((double[]) array())[i];
      case UINT64 -> unsigned(((long[]) array())[i]);
      default -> longAt(i);
    };
  }

  /** The even number below loses nothing that the rounding would see: its last bit is sticky. */
  private static double unsigned(long v) {
    return v >= 0 ? v : 2.0 * ((v >>> 1) | (v & 1));
  }

  /** Whether element {@code i} is not zero. */
  public boolean booleanAt(int i) {
    return type.isFloating() ? doubleAt(i) != 0 : longAt(i) != 0;
  }

  /**
   * Sets element {@code i} to an integer: the low bits in integer types, not zero in booleans,
   * rounded in floating point.
   */
  public void setLong(int i, long v) {
    switch (type) {
      case INT64, UINT64 -> ((long[]) array())[i] = v;
      case INT32, UINT32 -> ((int[]) array())[i] = (int) v;
      case INT16, UINT16 -> ((short[]) array())[i] = (short) v;
      case INT8, UINT8 -> ((byte[]) array())[i] = (byte) v;
      case BOOL -> ((byte[]) array())[i] = (byte) (v == 0 ? 0 : 1);
      case FLOAT, FLOAT16, BFLOAT16, DOUBLE -> setDouble(i, (double) v);
      case STRING -> throw notANumber();
    }
  }

  /**
   * Sets element {@code i} to a number: rounded to the nearest in floating point, towards zero in
   * integer types; not zero in booleans.
   */
  public void setDouble(int i, double v) {
    switch (type) {
      case FLOAT -> ((float[]) array())[i] = (float) v;
      case FLOAT16 ->
          ((float[]) array())[i] = HalfFloats.fromFloat16(HalfFloats.toFloat16((float) v));
      case BFLOAT16 ->
          ((float[]) array())[i] = HalfFloats.fromBfloat16(HalfFloats.toBfloat16((float) v));
      case DOUBLE -> ((double[]) array())[i] = v;
      case BOOL -> ((byte[]) array())[i] = (byte) (v == 0 ? 0 : 1);
      default -> setLong(i, (long) v);
    }
  }

  /** Copies one element, of the same type. */
  public void copyElement(int i, TypedTensor src, int from) {
    System.arraycopy(src.array(), from, array(), i, 1);
  }

  /**
   * The same elements under another shape of the same size; a view.
   *
   * @throws IllegalArgumentException if sizes differ
   */
  public TypedTensor reshape(Shape other) {
    if (other.size() != size()) {
      throw new IllegalArgumentException("cannot reshape " + shape + " to " + other);
    }
    return new TypedTensor(type, other, array());
  }

  /**
   * The same elements as a kernel's tensor, shared.
   *
   * @throws IllegalStateException if elements are not float32
   */
  public Tensor tensor() {
    requireFloats();
    return Tensor.of(shape, floats());
  }

  private void requireFloats() {
    if (type != ElementType.FLOAT) {
      throw new IllegalStateException("expected a tensor of float, got one of " + type);
    }
  }

  private IllegalStateException notANumber() {
    return new IllegalStateException("a tensor of " + type + " has no numbers");
  }

  /** For example {@code int64[2, 3]}. */
  @Override
  public String toString() {
    return type.toString() + shape;
  }
}
