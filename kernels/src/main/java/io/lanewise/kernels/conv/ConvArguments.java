package io.lanewise.kernels.conv;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;

import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Layout;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;

/** What every plan checks of a convolution's arguments, whatever its algorithm. */
final class ConvArguments {
  private final Shape x;
  private final Shape w;
  private final Shape y;
  private final Shape bias;
  private final Layout layout;

  ConvArguments(ConvShape shape) {
    this(shape, Layout.CHANNELS_FIRST);
  }

  ConvArguments(ConvShape shape, Layout layout) {
    this.layout = layout;
    this.x = shape.x();
    this.w = shape.w();
    this.y = shape.y();
    this.bias = shape.bias();
  }

  ConvArguments(TransposedConvShape shape, Layout layout) {
    this.layout = layout;
    this.x = shape.x();
    this.w = shape.w();
    this.y = shape.y();
    this.bias = shape.bias();
  }

  void checkWeights(Tensor weights) {
    requireShape(weights, w, "w");
  }

  void checkForward(Tensor src, Epilogue epilogue, Tensor dst) {
    checkX(src);
    requireDisjoint(dst, "y", src, "x");
    checkBias(epilogue, dst);
    checkY(dst, epilogue);
  }

  void checkX(Tensor src) {
    requireShape(src, x, layout, "x");
  }

  /** {@code dst} is what is written while the bias is read. */
  void checkBias(Epilogue epilogue, Tensor dst) {
    if (epilogue.bias() != null) {
      requireShape(epilogue.bias(), bias, "bias");
      requireDisjoint(dst, "y", epilogue.bias(), "bias");
    }
  }

  /** y and the residual. */
  void checkY(Tensor dst, Epilogue epilogue) {
    requireShape(dst, y, layout, "y");
    if (epilogue.residual() != null) {
      requireShape(epilogue.residual(), y, layout, "residual");
      requireSameOrDisjoint(dst, "y", epilogue.residual(), "residual");
    }
  }

  void checkBackwardData(Tensor dy, Tensor dx) {
    requireShape(dy, y, layout, "dy");
    requireShape(dx, x, layout, "dx");
    requireDisjoint(dx, "dx", dy, "dy");
  }

  void checkBackwardWeights(Tensor src, Tensor dy, Tensor dw, Tensor db) {
    requireShape(src, x, layout, "x");
    requireShape(dy, y, layout, "dy");
    requireShape(dw, w, "dw");
    requireDisjoint(dw, "dw", src, "x");
    requireDisjoint(dw, "dw", dy, "dy");
    if (db != null) {
      requireShape(db, bias, "db");
      requireDisjoint(db, "db", src, "x");
      requireDisjoint(db, "db", dy, "dy");
      requireDisjoint(db, "db", dw, "dw");
    }
  }
}
