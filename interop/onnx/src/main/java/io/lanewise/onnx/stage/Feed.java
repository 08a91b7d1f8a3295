package io.lanewise.onnx.stage;

import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.graph.ValueType;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import java.lang.reflect.Array;
import java.util.Arrays;

/** Values by their numbers: a program's inputs or outputs. For one run at a time. */
public final class Feed {
  private final Tensor[] floats;
  private final TypedTensor[] others;

  /** Room for so many. */
  public Feed(int inputs) {
    this.floats = new Tensor[inputs];
    this.others = new TypedTensor[inputs];
  }

  /** Sets an input of float32; channels last is copied to channels first. */
  public void set(int i, Tensor value) {
    boolean first = value.layout() == Layout.CHANNELS_FIRST;
    floats[i] = first ? value : value.copy(Layout.CHANNELS_FIRST);
    others[i] = null;
  }

  /** Sets an input. */
  public void set(int i, TypedTensor value) {
    boolean isFloat = value.type() == ElementType.FLOAT;
    floats[i] = isFloat ? value.tensor() : null;
    others[i] = isFloat ? null : value;
  }

  /** Sets an input to another feed's input. */
  public void set(int i, Feed from, int number) {
    floats[i] = from.floats[number];
    others[i] = from.others[number];
  }

  /** Sets an input to a new tensor of zeros. */
  public void allocate(int i, ValueType type) {
    if (type.isFloat()) {
      set(i, Tensor.aligned(type.shape(), Layout.CHANNELS_FIRST));
    } else {
      set(i, TypedTensor.zeros(type.type(), type.shape()));
    }
  }

  /** Forgets all values, so that they can be collected. */
  public void clear() {
    Arrays.fill(floats, null);
    Arrays.fill(others, null);
  }

  /** True if input {@code i} was set. */
  public boolean has(int i) {
    return floats[i] != null || others[i] != null;
  }

  /** Input {@code i} as floats; null if it has another element type. */
  public Tensor tensor(int i) {
    return floats[i];
  }

  /** Input {@code i}; null if it is of floats. */
  TypedTensor other(int i) {
    return others[i];
  }

  /** Input {@code i}; of floats a view where that is possible. */
  public TypedTensor typed(int i) {
    return floats[i] != null ? TypedTensor.of(floats[i]) : others[i];
  }

  /** A copy that the caller cannot change. */
  TypedTensor copy(int i) {
    if (floats[i] != null) {
      return TypedTensor.of(floats[i].copy());
    }
    TypedTensor from = others[i];
    Object array = Array.newInstance(from.type().arrayClass().getComponentType(), from.size());
    System.arraycopy(from.array(), 0, array, 0, from.size());
    return TypedTensor.of(from.type(), from.shape(), array);
  }

  /** Shape of input {@code i}. */
  public Shape shape(int i) {
    return floats[i] != null ? floats[i].shape() : others[i].shape();
  }

  /** Element type of input {@code i}. */
  public ElementType element(int i) {
    return floats[i] != null ? ElementType.FLOAT : others[i].type();
  }

  /** Type of input {@code i}. */
  public ValueType type(int i) {
    return new ValueType(element(i), shape(i));
  }

  /** True if input {@code i} is of this type. */
  public boolean isOf(int i, ValueType type) {
    return element(i) == type.type() && shape(i).equals(type.shape());
  }

  /** True if input {@code i} has the same elements as a tensor of the same type. */
  boolean equals(int i, TypedTensor other) {
    for (int k = 0; k < other.size(); k++) {
      if (!sameElement(i, k, other)) {
        return false;
      }
    }
    return true;
  }

  private boolean sameElement(int i, int k, TypedTensor other) {
    if (floats[i] != null) {
      float x = floats[i].array()[floats[i].offset() + k];
      return Float.floatToRawIntBits(x) == Float.floatToRawIntBits(other.floats()[k]);
    }
    return switch (other.type().kind()) {
      case TEXT -> others[i].strings()[k].equals(other.strings()[k]);
      case FLOATING ->
          Double.doubleToRawLongBits(others[i].doubleAt(k))
              == Double.doubleToRawLongBits(other.doubleAt(k));
      default -> others[i].longAt(k) == other.longAt(k);
    };
  }

  /** Copies elements to input {@code i}, which is of the same type. */
  @SuppressWarnings("SuspiciousSystemArraycopy") // both arrays are of the element type's class
  void copyFrom(int i, TypedTensor src) {
    if (floats[i] != null) {
      System.arraycopy(src.floats(), 0, floats[i].array(), floats[i].offset(), src.size());
    } else {
      System.arraycopy(src.array(), 0, others[i].array(), 0, src.size());
    }
  }
}
