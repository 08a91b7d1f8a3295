package io.lanewise.onnx.lower;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.kernels.tensor.Tensor;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.lower.LoweringsTest.Draw;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Operators on images: windows, normalisation, resampling. */
final class SpatialDraws {
  private SpatialDraws() {}

  static void addTo(Map<String, Consumer<Draw>> m) {
    m.put("Conv", SpatialDraws::conv);
    m.put("ConvTranspose", SpatialDraws::transposed);
    m.put("MaxPool", SpatialDraws::maxPool);
    m.put("AveragePool", d -> pool(d.opset(19)).with("count_include_pad", d.between(0, 1)));
    m.put("LpPool", d -> pool(d.opset(18)).with("p", d.between(1, 3)));
    m.put("GlobalMaxPool", d -> d.x(image(d)));
    m.put("GlobalAveragePool", d -> d.x(image(d)));
    m.put("GlobalLpPool", d -> d.x(image(d)).with("p", 2));
    m.put("MaxUnpool", SpatialDraws::unpool);
    m.put(
        "BatchNormalization",
        d ->
            d.opset(d.oneOf(List.of(9, 14, 15)))
                .x(image(d, 3))
                .w(3)
                .w(3)
                .w(3)
                .constant(d.tensor(0.5, 2, 3)));
    m.put("InstanceNormalization", d -> d.x(image(d, 3)).w(3).w(3));
    m.put("LayerNormalization", d -> d.x(2, 3, 4).w(4).w(4).with("axis", -1));
    m.put("GroupNormalization", SpatialDraws::groupNorm);
    m.put(
        "LRN",
        d ->
            d.x(image(d, 5))
                .with("size", d.between(1, 5))
                .with("alpha", 0.5f)
                .with("beta", 0.75f)
                .with("bias", 1f));
    m.put(
        "MeanVarianceNormalization",
        d -> d.x(2, 3, 4, 5).with("axes", d.oneOf(List.of(new int[] {0, 2, 3}, new int[] {2, 3}))));
    m.put(
        "LpNormalization",
        d -> d.x(2, 3, 4).with("axis", d.between(-3, 2)).with("p", d.between(1, 2)));
    m.put("Resize", SpatialDraws::resize);
    m.put(
        "Upsample",
        d ->
            d.opset(9)
                .x(1, 2, 3, 4)
                .constant(floats(1, 1, d.between(1, 3), 2))
                .with("mode", d.oneOf(List.of("nearest", "linear"))));
    m.put(
        "GridSample",
        d ->
            d.x(2, 3, 5, 6)
                .floats(-1.2, 1.2, 2, 3, 4, 2)
                .with("mode", d.oneOf(List.of("bilinear", "nearest", "bicubic")))
                .with("padding_mode", d.oneOf(List.of("zeros", "border", "reflection")))
                .with("align_corners", d.between(0, 1)));
    m.put(
        "RoiAlign",
        d ->
            d.opset(d.oneOf(List.of(10, 16)))
                .x(2, 3, 8, 8)
                .constant(floats2(2, 4, 0.5f, 1, 6, 7, 2, 0, 5, 4))
                .input(TypedTensor.vector(1, 0))
                .with("output_height", 2)
                .with("output_width", 3)
                .with("sampling_ratio", d.between(0, 2))
                .with("spatial_scale", 0.9f));
  }

  private static TypedTensor floats(float... values) {
    return TypedTensor.of(Tensor.of(Shape.of(values.length), values));
  }

  private static TypedTensor floats2(int rows, int columns, float... values) {
    return floats(values).reshape(Shape.of(rows, columns));
  }

  private static int[] image(Draw d) {
    return image(d, d.between(1, 5));
  }

  /** [n][c] and one to three axes. */
  private static int[] image(Draw d, int channels) {
    int[] dims = new int[d.between(3, 5)];
    Arrays.setAll(dims, i -> d.between(4, 7));
    dims[0] = d.between(1, 2);
    dims[1] = channels;
    return dims;
  }

  private static int[] numbers(Draw d, int count, int least, int most) {
    int[] values = new int[count];
    Arrays.setAll(values, i -> d.between(least, most));
    return values;
  }

  private static void padding(Draw d, int axes, int most) {
    if (d.coin()) {
      d.with("pads", numbers(d, 2 * axes, 0, most));
    } else {
      d.with("auto_pad", d.oneOf(List.of("SAME_UPPER", "SAME_LOWER", "VALID")));
    }
  }

  private static void conv(Draw d) {
    int groups = d.between(1, 2);
    int[] x = image(d, 2 * groups);
    int axes = x.length - 2;
    int[] w = new int[x.length];
    Arrays.setAll(w, i -> d.between(1, 3));
    w[0] = groups * d.between(1, 3);
    w[1] = 2;
    d.x(x);
    if (d.coin()) {
      d.w(w);
    } else {
      d.x(w);
    }
    if (d.coin()) {
      d.w(w[0]);
    }
    padding(d, axes, 2);
    d.with("strides", numbers(d, axes, 1, 2)).with("group", groups);
    d.with("dilations", numbers(d, axes, 1, 2));
  }

  private static void transposed(Draw d) {
    int groups = d.between(1, 2);
    int[] x = image(d, 2 * groups);
    int axes = x.length - 2;
    int[] w = new int[x.length];
    Arrays.setAll(w, i -> d.between(2, 3));
    w[0] = x[1];
    w[1] = d.between(1, 2);
    d.x(x).w(w);
    if (d.coin()) {
      d.w(w[1] * groups);
    }
    int[] strides = numbers(d, axes, 2, 3);
    d.with("strides", strides).with("group", groups);
    switch (d.between(0, 2)) {
      case 0 ->
          d.with("pads", numbers(d, 2 * axes, 0, 1)).with("output_padding", numbers(d, axes, 0, 1));
      case 1 -> d.with("auto_pad", d.oneOf(List.of("SAME_UPPER", "SAME_LOWER")));
      default -> {
        int[] wanted = new int[axes];
        Arrays.setAll(wanted, i -> (x[i + 2] - 1) * strides[i] + w[i + 2] - d.between(0, 1));
        d.with("output_shape", wanted);
      }
    }
  }

  private static Draw pool(Draw d) {
    int[] x = image(d);
    int axes = x.length - 2;
    d.x(x).with("kernel_shape", numbers(d, axes, 2, 3)).with("strides", numbers(d, axes, 1, 2));
    if (d.coin()) {
      d.with("pads", numbers(d, 2 * axes, 0, 1)).with("ceil_mode", d.between(0, 1));
    } else {
      d.with("auto_pad", d.oneOf(List.of("SAME_UPPER", "SAME_LOWER", "VALID")));
    }
    return d;
  }

  private static void maxPool(Draw d) {
    pool(d.opset(12)).alsoOutput("indices");
  }

  private static void unpool(Draw d) {
    d.x(1, 1, 2, 2).input(TypedTensor.vector(5, 7, 13, 15).reshape(Shape.of(1, 1, 2, 2)));
    d.with("kernel_shape", new int[] {2, 2}).with("strides", new int[] {2, 2});
  }

  private static void groupNorm(Draw d) {
    boolean late = d.coin();
    d.opset(late ? 21 : 18).x(2, 6, 4, 5).w(late ? 6 : 3).w(late ? 6 : 3).with("num_groups", 3);
  }

  private static void resize(Draw d) {
    String mode = d.oneOf(List.of("nearest", "linear", "cubic"));
    d.opset(d.oneOf(List.of(11, 13, 18))).x(1, 2, 4, 5).leftOut();
    if (d.coin()) {
      d.constant(floats(1, 1, 1.5f, 2));
    } else {
      d.leftOut().longs(1, 2, d.between(2, 9), d.between(2, 9));
    }
    d.with("mode", mode);
    d.with(
        "coordinate_transformation_mode",
        d.oneOf(List.of("half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel")));
    if (mode.equals("nearest")) {
      d.with(
          "nearest_mode",
          d.oneOf(List.of("floor", "ceil", "round_prefer_floor", "round_prefer_ceil")));
    }
  }
}
