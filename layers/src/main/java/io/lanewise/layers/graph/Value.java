package io.lanewise.layers.graph;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.TypedTensor;
import java.util.Objects;

/**
 * A tensor that flows through a graph: an input, a constant or a node's output. Its identity is
 * what counts, not its name. Immutable.
 */
public final class Value {
  private final String name;
  private final ValueType type;
  private final TypedTensor typed;
  private volatile Tensor tensor; // null until somebody asks for floats that are outside

  private Value(String name, ValueType type, Tensor tensor, TypedTensor typed) {
    this.name = Objects.requireNonNull(name, "name");
    this.type = Objects.requireNonNull(type, "type");
    this.tensor = tensor;
    this.typed = typed;
  }

  /** A value that is known at run time only. */
  public static Value variable(String name, ValueType type) {
    return new Value(name, type, null, null);
  }

  /**
   * A constant of floats.
   *
   * @param tensor not copied, and not to be changed while the graph or what was compiled from it is
   *     in use
   */
  public static Value constant(String name, Tensor tensor) {
    return new Value(name, ValueType.floats(tensor.shape()), plain(tensor), null);
  }

  /**
   * A constant of any element type.
   *
   * @param typed not copied, and not to be changed while the graph or what was compiled from it is
   *     in use
   */
  public static Value constant(String name, TypedTensor typed) {
    ValueType type = new ValueType(typed.type(), typed.shape());
    return type.isFloat() && !typed.isOutside()
        ? constant(name, typed.tensor())
        : new Value(name, type, null, typed);
  }

  /** A constant of floats in whatever layout it has; for the compiler. */
  static Value laid(String name, Tensor tensor) {
    return new Value(name, ValueType.floats(tensor.shape()), tensor, null);
  }

  private static Tensor plain(Tensor t) {
    return t.layout() == Layout.CHANNELS_FIRST ? t : t.copy(Layout.CHANNELS_FIRST);
  }

  /** For messages and {@code explain}; need not be unique. */
  public String name() {
    return name;
  }

  /** Element type and shape. */
  public ValueType type() {
    return type;
  }

  /** The shape. */
  public Shape shape() {
    return type.shape();
  }

  /** True if it is known when the graph is built. */
  public boolean isConstant() {
    return tensor != null || typed != null;
  }

  /**
   * A constant's floats, channels first.
   *
   * @throws IllegalStateException if it is no constant of floats
   */
  public Tensor tensor() {
    if (!isConstant() || !type.isFloat()) {
      throw new IllegalStateException("expected a constant of floats, got " + this);
    }
    Tensor known = tensor;
    return known == null ? read() : known;
  }

  private synchronized Tensor read() {
    if (tensor == null) {
      tensor = typed.tensor();
    }
    return tensor;
  }

  /** What holds a constant's elements: two constants with one origin are the same. */
  public Object origin() {
    return typed == null ? tensor : typed;
  }

  /** True of a constant whose elements are not in memory, since nobody has asked for them. */
  boolean isOutside() {
    return typed != null && typed.isOutside();
  }

  /**
   * The floats of a constant that is outside, which stays there.
   *
   * @param room written; lends its memory to the tensor
   */
  Tensor copiedTo(float[] room) {
    typed.copyFloats(room);
    return Tensor.wrap(shape(), Layout.CHANNELS_FIRST, room, 0);
  }

  /**
   * A constant's elements; of floats a view, or a copy where the tensor is a part of its array.
   *
   * @throws IllegalStateException if it is no constant
   */
  public TypedTensor typed() {
    if (!isConstant()) {
      throw new IllegalStateException("expected a constant, got " + this);
    }
    return typed == null ? TypedTensor.of(tensor) : typed;
  }

  /** Name and type. */
  @Override
  public String toString() {
    return "'" + name + "' " + type + (isConstant() ? " constant" : "");
  }
}
