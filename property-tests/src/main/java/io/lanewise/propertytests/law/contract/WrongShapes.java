package io.lanewise.propertytests.law.contract;

import io.lanewise.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Shapes that are nearly right. */
final class WrongShapes {
  private WrongShapes() {}

  /** One more along an axis; a dimension more; all in one dimension. */
  static List<Shape> of(Shape right) {
    List<Shape> wrong = new ArrayList<>();
    for (int axis = 0; axis < right.rank(); axis++) {
      int[] dims = right.toArray();
      dims[axis]++;
      wrong.add(Shape.of(dims));
    }
    wrong.add(right.prepend(1));
    if (right.rank() > 1) {
      wrong.add(Shape.of(right.size()));
    }
    return wrong;
  }
}
