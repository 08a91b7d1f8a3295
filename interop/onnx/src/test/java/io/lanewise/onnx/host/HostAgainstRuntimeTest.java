package io.lanewise.onnx.host;

import static io.lanewise.onnx.host.OpCase.floats;
import static io.lanewise.onnx.host.OpCase.integers;
import static io.lanewise.onnx.host.OpCase.longs;
import static io.lanewise.onnx.host.OpCase.random;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OrtException;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.ElementType;
import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.conformance.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Operators as ONNX Runtime computes them, where the standard's own cases (opset 17 and older) say
 * nothing: newer versions, and combinations of attributes.
 */
class HostAgainstRuntimeTest {
  private static final Tolerance TOLERANCE = new Tolerance(1e-4, 1e-5);

  @ParameterizedTest
  @MethodSource({
    "elementwise",
    "movements",
    "scatters",
    "reductions",
    "windows",
    "resizing",
    "sampling",
    "quantised",
    "products",
    "recurrent",
    "normalisations",
    "detection"
  })
  void agrees(OpCase c) throws OrtException {
    List<TypedTensor> got = c.run().subList(0, c.node().outputs().size());
    List<ElementType> types = got.stream().map(TypedTensor::type).toList();
    List<TypedTensor> expected = RuntimeRun.of(c.model(types), types);
    for (int i = 0; i < got.size(); i++) {
      assertEquals(Optional.empty(), TOLERANCE.difference(got.get(i), expected.get(i)));
    }
  }

  static Stream<OpCase> elementwise() {
    List<OpCase> cases = new ArrayList<>();
    TypedTensor x = random(1, 3, 4);
    for (String op : List.of("Mish", "HardSwish", "Softplus", "Softsign", "Erf", "Selu", "Elu")) {
      cases.add(OpCase.of(op, 18).in(x));
    }
    cases.add(OpCase.of("Gelu", 20).in(x));
    cases.add(OpCase.of("Gelu", 20).in(x).with("approximate", "tanh"));
    cases.add(OpCase.of("Celu", 12).in(x).with("alpha", 0.3));
    cases.add(OpCase.of("Shrink", 9).in(x).with("lambd", 0.7).with("bias", 0.2));
    cases.add(OpCase.of("LeakyRelu", 16).in(x).with("alpha", 0.3));
    cases.add(OpCase.of("HardSigmoid", 6).in(x).with("alpha", 0.3).with("beta", 0.4));
    cases.add(OpCase.of("PRelu", 16).in(random(1, 2, 3, 2, 2), random(2, 3, 1, 1)));
    cases.add(OpCase.of("Round", 11).in(floats(-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 0.49999997)));
    cases.add(OpCase.of("Sign", 13).in(floats(-2, 0, 3)));
    cases.add(OpCase.of("IsInf", 20).in(floats(1, Double.NEGATIVE_INFINITY, Double.NaN)));
    TypedTensor a = integers(ElementType.INT64, -7, -7, 7, 7, 6);
    TypedTensor b = integers(ElementType.INT64, 3, -3, 3, -3, 3);
    for (String op : List.of("Mod", "Div", "Mul", "Sub", "Max", "Min")) {
      cases.add(OpCase.of(op, 13).in(a, b));
    }
    cases.add(OpCase.of("Mod", 13).in(a, b).with("fmod", 1));
    cases.add(OpCase.of("Mod", 13).in(x, random(3, 3, 4)).with("fmod", 1));
    TypedTensor c = integers(ElementType.INT32, 5, -1, 0x7fffffff);
    TypedTensor d = integers(ElementType.INT32, 3, 12, 1);
    for (String op : List.of("BitwiseAnd", "BitwiseOr", "BitwiseXor")) {
      cases.add(OpCase.of(op, 18).in(c, d));
    }
    cases.add(OpCase.of("BitwiseNot", 18).in(c));
    cases.add(OpCase.of("Add", 14).in(c, d));
    cases.add(OpCase.of("Pow", 15).in(c, integers(ElementType.INT32, 3, 2, 1)));
    cases.add(
        OpCase.of("Clip", 13).in(integers(ElementType.INT64, -9, 0, 9), TypedTensor.scalar(-2)));
    cases.add(OpCase.of("Cast", 13).in(floats(-1.9, 2.9, 0)).with("to", 7));
    cases.add(OpCase.of("Cast", 13).in(floats(-1.9, 2.9, 0)).with("to", 9));
    cases.add(OpCase.of("Cast", 13).in(x).with("to", 10));
    cases.add(OpCase.of("Cast", 13).in(x).with("to", 16));
    cases.add(OpCase.of("Sum", 13).in(random(1, 3, 1), random(2, 1, 4), random(3, 4)));
    return cases.stream();
  }

  static Stream<OpCase> movements() {
    List<OpCase> cases = new ArrayList<>();
    TypedTensor x = random(1, 3, 4, 5);
    for (String mode : List.of("constant", "reflect", "edge", "wrap")) {
      cases.add(OpCase.of("Pad", 19).in(x, longs(1, 2, 0, 2, 1, 3)).with("mode", mode));
      cases.add(OpCase.of("Pad", 19).in(x, longs(2, -1), null, longs(-1)).with("mode", mode));
    }
    cases.add(OpCase.of("Pad", 13).in(x, longs(0, -1, 2, 0, -2, 1), floats(new int[0], 7)));
    cases.add(OpCase.of("CenterCropPad", 18).in(x, longs(4, 3, 8)));
    cases.add(OpCase.of("CenterCropPad", 18).in(x, longs(2)).with("axes", new long[] {-1}));
    cases.add(OpCase.of("Split", 18).in(x).with("axis", -1).with("num_outputs", 3).outputs(3));
    cases.add(OpCase.of("Split", 18).in(x, longs(1, 0, 3)).with("axis", 1).outputs(3));
    cases.add(
        OpCase.of("Slice", 13).in(x, longs(-1, 4), longs(-100, 1), longs(1, 2), longs(-2, -1)));
    cases.add(OpCase.of("Slice", 13).in(x, longs(1), longs(Long.MAX_VALUE), longs(2), longs(3)));
    cases.add(OpCase.of("Gather", 13).in(x, integers(ElementType.INT32, -1, 0)).with("axis", 2));
    cases.add(OpCase.of("Tile", 13).in(x, longs(2, 1, 3)));
    cases.add(OpCase.of("Expand", 13).in(random(1, 3, 1), longs(2, 1, 4)));
    cases.add(OpCase.of("Trilu", 14).in(x, TypedTensor.scalar(-1)).with("upper", 0));
    cases.add(OpCase.of("DepthToSpace", 13).in(random(1, 1, 8, 2, 3)).with("blocksize", 2));
    cases.add(
        OpCase.of("ReverseSequence", 10)
            .in(x, longs(1, 3, 2, 2))
            .with("time_axis", 0)
            .with("batch_axis", 1));
    cases.add(OpCase.of("Reshape", 19).in(x, longs(0, -1, 2)));
    cases.add(
        OpCase.of("OneHot", 11)
            .in(longs(0, -1, 5), TypedTensor.scalar(4), floats(-1, 3))
            .with("axis", 0));
    cases.add(OpCase.of("Unique", 11).in(longs(3, 1, 3, 2, 1)).with("sorted", 0).outputs(4));
    cases.add(
        OpCase.of("Range", 11)
            .in(TypedTensor.scalar(10), TypedTensor.scalar(1), TypedTensor.scalar(-4)));
    cases.add(OpCase.of("CumSum", 14).in(x, TypedTensor.scalar(-2)).with("reverse", 1));
    return cases.stream();
  }

  static Stream<OpCase> scatters() {
    List<OpCase> cases = new ArrayList<>();
    TypedTensor x = random(1, 3, 4);
    TypedTensor indices = Elements.of(ElementType.INT64, Shape.of(2, 2), new long[] {1, -1, 1, 0});
    for (String reduction : List.of("none", "add", "mul", "max", "min")) {
      cases.add(
          OpCase.of("ScatterND", 18).in(x, indices, random(3, 2)).with("reduction", reduction));
      TypedTensor distinct =
          Elements.of(ElementType.INT64, Shape.of(2, 2), new long[] {1, -1, 2, 0});
      cases.add(
          OpCase.of("ScatterElements", 18)
              .in(x, distinct, random(3, 2, 2))
              .with("axis", 1)
              .with("reduction", reduction));
    }
    cases.add(
        OpCase.of("GatherND", 13)
            .in(random(2, 2, 3, 4), longs(1, 2).reshape(Shape.of(2, 1)))
            .with("batch_dims", 1));
    cases.add(OpCase.of("GatherElements", 13).in(x, indices).with("axis", 0));
    return cases.stream();
  }

  static Stream<OpCase> reductions() {
    List<OpCase> cases = new ArrayList<>();
    TypedTensor x = random(1, 2, 3, 4);
    TypedTensor positive = random(ElementType.FLOAT, 0.5, 2, 2, 2, 3, 4);
    for (String kind :
        List.of(
            "Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "SumSquare", "LogSumExp", "LogSum")) {
      TypedTensor in = kind.equals("LogSum") ? positive : x;
      cases.add(OpCase.of("Reduce" + kind, 18).in(in, longs(-1, 0)).with("keepdims", 0));
      cases.add(OpCase.of("Reduce" + kind, 18).in(in));
    }
    cases.add(OpCase.of("ReduceSum", 18).in(x).with("noop_with_empty_axes", 1));
    cases.add(OpCase.of("ReduceMean", 18).in(integers(ElementType.INT32, 1, 2, 5, 7)));
    cases.add(OpCase.of("ReduceMax", 20).in(integers(ElementType.INT8, -100, 3, 100)));
    cases.add(OpCase.of("ArgMin", 13).in(x).with("axis", 1).with("select_last_index", 1));
    cases.add(OpCase.of("TopK", 11).in(x, longs(2)).with("axis", 1).with("largest", 0).outputs(2));
    for (String op : List.of("Softmax", "LogSoftmax", "Hardmax")) {
      cases.add(OpCase.of(op, 11).in(x).with("axis", 1));
      cases.add(OpCase.of(op, 13).in(x).with("axis", 1));
    }
    return cases.stream();
  }

  static Stream<OpCase> windows() {
    List<OpCase> cases = new ArrayList<>();
    TypedTensor x = random(1, 2, 4, 7, 6);
    for (long ceil : new long[] {0, 1}) {
      for (long pad : new long[] {0, 1}) {
        cases.add(
            OpCase.of("AveragePool", 19)
                .in(x)
                .with("kernel_shape", new long[] {3, 2})
                .with("strides", new long[] {2, 3})
                .with("pads", new long[] {1, 0, 1, 1})
                .with("count_include_pad", pad)
                .with("ceil_mode", ceil));
        cases.add(
            OpCase.of("AveragePool", 19)
                .in(x)
                .with("kernel_shape", new long[] {2, 2})
                .with("dilations", new long[] {2, 2})
                .with("pads", new long[] {1, 1, 1, 1})
                .with("count_include_pad", pad)
                .with("ceil_mode", ceil));
      }
      cases.add(
          OpCase.of("MaxPool", 12)
              .in(x)
              .with("kernel_shape", new long[] {3, 2})
              .with("strides", new long[] {2, 2})
              .with("dilations", new long[] {2, 1})
              .with("pads", new long[] {1, 0, 0, 1})
              .with("storage_order", ceil)
              .with("ceil_mode", ceil)
              .outputs(2));
      cases.add(
          OpCase.of("LpPool", 18)
              .in(x)
              .with("kernel_shape", new long[] {3, 2})
              .with("strides", new long[] {2, 2})
              .with("p", 3)
              .with("ceil_mode", ceil));
    }
    for (String auto : List.of("SAME_UPPER", "SAME_LOWER", "VALID")) {
      cases.add(
          OpCase.of("Conv", 11)
              .in(x, random(2, 6, 2, 3, 2), random(3, 6))
              .with("group", 2)
              .with("strides", new long[] {2, 2})
              .with("auto_pad", auto));
      cases.add(
          OpCase.of("ConvTranspose", 11)
              .in(x, random(2, 4, 3, 3, 2))
              .with("strides", new long[] {2, 2})
              .with("auto_pad", auto));
    }
    cases.add(
        OpCase.of("Conv", 11)
            .in(x, random(2, 3, 4, 2, 2))
            .with("dilations", new long[] {2, 3})
            .with("pads", new long[] {1, 0, 2, 1}));
    cases.add(
        OpCase.of("ConvTranspose", 11)
            .in(x, random(2, 4, 3, 3, 2), random(4, 6))
            .with("group", 2)
            .with("strides", new long[] {2, 2})
            .with("dilations", new long[] {1, 2})
            .with("pads", new long[] {1, 0, 0, 1})
            .with("output_padding", new long[] {1, 0}));
    cases.add(
        OpCase.of("ConvTranspose", 11)
            .in(random(1, 1, 2, 5), random(2, 2, 1, 3))
            .with("strides", new long[] {2})
            .with("output_shape", new long[] {10}));
    cases.add(
        OpCase.of("Col2Im", 18)
            .in(random(1, 1, 8, 12), longs(5, 4), longs(2, 2))
            .with("strides", new long[] {1, 1})
            .with("pads", new long[] {0, 0, 0, 0}));
    cases.add(OpCase.of("GlobalLpPool", 2).in(x).with("p", 1));
    return cases.stream();
  }

  static Stream<OpCase> resizing() {
    List<OpCase> cases = new ArrayList<>();
    TypedTensor x = random(1, 1, 2, 5, 6);
    for (String mode : List.of("nearest", "linear", "cubic")) {
      for (String coordinates :
          List.of(
              "half_pixel",
              "pytorch_half_pixel",
              "asymmetric",
              "align_corners",
              "half_pixel_symmetric")) {
        for (long[] size : List.of(new long[] {1, 2, 8, 11}, new long[] {1, 2, 3, 4})) {
          cases.add(
              OpCase.of("Resize", 19)
                  .in(x, null, null, longs(size))
                  .with("mode", mode)
                  .with("coordinate_transformation_mode", coordinates));
        }
      }
    }
    for (String nearest : List.of("floor", "ceil", "round_prefer_floor", "round_prefer_ceil")) {
      cases.add(
          OpCase.of("Resize", 13)
              .in(x, null, floats(1, 1, 0.5, 1.5))
              .with("nearest_mode", nearest));
    }
    for (String mode : List.of("linear", "cubic")) {
      for (long exclude : new long[] {0, 1}) {
        cases.add(
            OpCase.of("Resize", 18)
                .in(x, null, floats(0.6, 0.5))
                .with("axes", new long[] {2, 3})
                .with("mode", mode)
                .with("antialias", 1)
                .with("exclude_outside", mode.equals("cubic") ? exclude : 0));
      }
    }
    for (String policy : List.of("not_larger", "not_smaller")) {
      cases.add(
          OpCase.of("Resize", 18)
              .in(x, null, null, longs(8, 8))
              .with("axes", new long[] {2, 3})
              .with("mode", "linear")
              .with("keep_aspect_ratio_policy", policy));
    }
    cases.add(OpCase.of("Resize", 10).in(x, floats(1, 1, 2, 1.5)).with("mode", "linear"));
    cases.add(OpCase.of("Upsample", 9).in(x, floats(1, 1, 2, 1.5)).with("mode", "linear"));
    cases.add(
        OpCase.of("Resize", 13)
            .in(x, floats(0, 0, 0.1, -0.2, 1, 1, 0.8, 1.2), null, longs(1, 2, 4, 5))
            .with("mode", "linear")
            .with("coordinate_transformation_mode", "tf_crop_and_resize")
            .with("extrapolation_value", 9.0));
    return cases.stream();
  }

  static Stream<OpCase> sampling() {
    List<OpCase> cases = new ArrayList<>();
    TypedTensor x = random(1, 2, 2, 5, 4);
    TypedTensor grid = random(ElementType.FLOAT, -1.6, 1.6, 2, 2, 3, 3, 2);
    TypedTensor volume = random(3, 1, 2, 3, 4, 5);
    TypedTensor grid3 = random(ElementType.FLOAT, -1.3, 1.3, 4, 1, 2, 2, 3, 3);
    for (String padding : List.of("zeros", "border", "reflection")) {
      for (long align : new long[] {0, 1}) {
        for (String mode : List.of("linear", "nearest", "cubic")) {
          cases.add(
              OpCase.of("GridSample", 20)
                  .in(x, grid)
                  .with("mode", mode)
                  .with("padding_mode", padding)
                  .with("align_corners", align));
          if (!mode.equals("cubic")) {
            cases.add(
                OpCase.of("GridSample", 20)
                    .in(volume, grid3)
                    .with("mode", mode)
                    .with("padding_mode", padding)
                    .with("align_corners", align));
          }
        }
      }
    }
    for (long align : new long[] {0, 1}) {
      cases.add(
          OpCase.of("AffineGrid", 20)
              .in(random(5, 2, 2, 3), longs(2, 1, 3, 4))
              .with("align_corners", align));
      cases.add(
          OpCase.of("AffineGrid", 20)
              .in(random(5, 1, 3, 4), longs(1, 1, 2, 3, 4))
              .with("align_corners", align));
    }
    cases.add(OpCase.of("DFT", 17).in(random(1, 2, 5, 1)).with("axis", 1).with("onesided", 1));
    cases.add(
        OpCase.of("DFT", 20).in(random(1, 2, 5, 2), TypedTensor.scalar(7), TypedTensor.scalar(-2)));
    return cases.stream();
  }

  static Stream<OpCase> quantised() {
    List<OpCase> cases = new ArrayList<>();
    TypedTensor x = random(1, 2, 3, 4);
    TypedTensor scales = floats(0.1, 0.02, 0.03);
    cases.add(OpCase.of("QuantizeLinear", 13).in(x, scales, integers(ElementType.INT8, 3, -4, 0)));
    cases.add(OpCase.of("QuantizeLinear", 10).in(x, floats(new int[0], 0.01)));
    cases.add(
        OpCase.of("QuantizeLinear", 21)
            .in(x, random(ElementType.FLOAT, 0.01, 0.1, 2, 2, 3, 2))
            .with("axis", 2)
            .with("block_size", 2)
            .with("output_dtype", 3));
    cases.add(
        OpCase.of("DequantizeLinear", 21)
            .in(
                random(ElementType.UINT8, 0, 255, 2, 2, 3, 4),
                random(ElementType.FLOAT, 0.01, 0.1, 2, 2, 3, 2),
                random(ElementType.UINT8, 0, 255, 3, 2, 3, 2))
            .with("axis", 2)
            .with("block_size", 2));
    cases.add(
        OpCase.of("DequantizeLinear", 13)
            .in(random(ElementType.INT8, -128, 127, 2, 2, 3), scales)
            .with("axis", 1));
    cases.add(OpCase.of("DynamicQuantizeLinear", 11).in(x).outputs(3));
    TypedTensor a = random(ElementType.UINT8, 0, 255, 1, 2, 5);
    TypedTensor b = random(ElementType.INT8, -128, 127, 2, 5, 3);
    cases.add(
        OpCase.of("MatMulInteger", 10)
            .in(
                a,
                b,
                integers(ElementType.UINT8, 100).reshape(Shape.of()),
                integers(ElementType.INT8, 1, 0, -9)));
    TypedTensor image = random(ElementType.UINT8, 0, 255, 3, 1, 2, 5, 5);
    TypedTensor w = random(ElementType.UINT8, 0, 255, 4, 4, 2, 3, 3);
    TypedTensor zero = integers(ElementType.UINT8, 120).reshape(Shape.of());
    cases.add(
        OpCase.of("ConvInteger", 10)
            .in(image, w, zero, zero)
            .with("pads", new long[] {1, 1, 1, 1}));
    TypedTensor scale = floats(new int[0], 0.02);
    cases.add(
        OpCase.of("QLinearConv", 10)
            .in(
                image,
                scale,
                zero,
                random(ElementType.INT8, -128, 127, 4, 4, 2, 3, 3),
                floats(0.01, 0.02, 0.03, 0.015),
                integers(ElementType.INT8, 0, 0, 0, 0),
                floats(new int[0], 0.3),
                zero,
                integers(ElementType.INT32, 500, -900, 3, 0))
            .with("strides", new long[] {2, 2}));
    cases.add(
        OpCase.of("QLinearMatMul", 10)
            .in(
                a,
                scale,
                zero,
                random(ElementType.UINT8, 0, 255, 5, 5, 3),
                scale,
                zero,
                floats(new int[0], 0.7),
                zero));
    return cases.stream();
  }

  static Stream<OpCase> products() {
    List<OpCase> cases = new ArrayList<>();
    cases.add(OpCase.of("MatMul", 13).in(random(1, 3), random(2, 2, 3, 4)));
    cases.add(OpCase.of("MatMul", 13).in(random(1, 2, 1, 2, 3), random(2, 5, 3, 4)));
    cases.add(OpCase.of("MatMul", 13).in(random(1, 2, 4, 3), random(2, 3)));
    cases.add(
        OpCase.of("MatMul", 13)
            .in(longs(1L << 40, 3).reshape(Shape.of(1, 2)), longs(5, -7).reshape(Shape.of(2, 1))));
    cases.add(
        OpCase.of("Gemm", 13)
            .in(random(1, 4, 2), random(2, 3, 4), random(3, 2, 1))
            .with("transA", 1)
            .with("transB", 1)
            .with("alpha", 0.5)
            .with("beta", -2.0));
    TypedTensor a = random(1, 2, 3, 4);
    TypedTensor b = random(2, 2, 4, 5);
    for (String e :
        List.of("bij,bjk->bik", "bij,bjk", "...ij,...jk->...ik", "bij, bjk -> kb", "aij,bjk->ik")) {
      cases.add(OpCase.of("Einsum", 12).in(a, b).with("equation", e));
    }
    cases.add(OpCase.of("Einsum", 12).in(a).with("equation", "ijk->"));
    cases.add(OpCase.of("Einsum", 12).in(random(1, 3, 3)).with("equation", "ii->i"));
    cases.add(OpCase.of("Einsum", 12).in(random(1, 3), random(2, 4)).with("equation", "i,j->ij"));
    cases.add(OpCase.of("Det", 11).in(random(1, 2, 4, 4)));
    return cases.stream();
  }

  static Stream<OpCase> recurrent() {
    List<OpCase> cases = new ArrayList<>();
    for (String direction : List.of("forward", "reverse", "bidirectional")) {
      int d = direction.equals("bidirectional") ? 2 : 1;
      for (String op : List.of("RNN", "GRU", "LSTM")) {
        int g = op.equals("RNN") ? 1 : op.equals("GRU") ? 3 : 4;
        OpCase c =
            OpCase.of(op, 14)
                .in(random(1, 4, 2, 3), random(2, d, g * 5, 3), random(3, d, g * 5, 5))
                .in(random(4, d, 2 * g * 5), integers(ElementType.INT32, 4, 2), random(5, d, 2, 5))
                .with("hidden_size", 5)
                .with("clip", 1.5)
                .with("direction", direction);
        c =
            op.equals("LSTM")
                ? c.in(random(6, d, 2, 5), random(7, d, 15)).outputs(3)
                : c.outputs(2);
        cases.add(op.equals("GRU") ? c.with("linear_before_reset", 1) : c);
      }
    }
    cases.add(
        OpCase.of("LSTM", 14)
            .in(random(1, 4, 2, 3), random(2, 1, 20, 3), random(3, 1, 20, 5))
            .with("hidden_size", 5)
            .with("input_forget", 1)
            .with("activations", List.of("HardSigmoid", "Softsign", "Relu"))
            .outputs(3));
    return cases.stream();
  }

  static Stream<OpCase> normalisations() {
    List<OpCase> cases = new ArrayList<>();
    TypedTensor x = random(1, 2, 6, 3, 2);
    cases.add(
        OpCase.of("GroupNormalization", 21)
            .in(x, random(2, 6), random(3, 6))
            .with("num_groups", 3));
    cases.add(
        OpCase.of("GroupNormalization", 18)
            .in(x, random(2, 3), random(3, 3))
            .with("num_groups", 3));
    cases.add(
        OpCase.of("LayerNormalization", 17)
            .in(x, random(2, 3, 2), random(3, 3, 2))
            .with("axis", 2)
            .outputs(3));
    cases.add(OpCase.of("InstanceNormalization", 6).in(x, random(2, 6), random(3, 6)));
    for (long size : new long[] {1, 3, 5}) {
      cases.add(OpCase.of("LRN", 13).in(x).with("size", size).with("alpha", 0.3).with("bias", 2.0));
    }
    cases.add(OpCase.of("LpNormalization", 1).in(x).with("axis", 1).with("p", 1));
    cases.add(OpCase.of("LpNormalization", 1).in(x));
    cases.add(OpCase.of("MeanVarianceNormalization", 13).in(x).with("axes", new long[] {1, 2}));
    TypedTensor variance = random(ElementType.FLOAT, 0.2, 2, 5, 6);
    cases.add(
        OpCase.of("BatchNormalization", 9)
            .in(x, random(2, 6), random(3, 6), random(4, 6), variance));
    return cases.stream();
  }

  static Stream<OpCase> detection() {
    List<OpCase> cases = new ArrayList<>();
    TypedTensor corners = random(ElementType.FLOAT, 0, 3, 1, 2, 12, 4);
    TypedTensor scores = random(ElementType.FLOAT, 0, 1, 2, 2, 3, 12);
    for (long centred : new long[] {0, 1}) {
      cases.add(
          OpCase.of("NonMaxSuppression", 11)
              .in(corners, scores, longs(5), floats(0.3), floats(0.2))
              .with("center_point_box", centred));
    }
    TypedTensor x = random(1, 2, 2, 8, 9);
    TypedTensor rois = floats(new int[] {3, 4}, 0, 0, 7, 6, 1.5, 2.2, 3, 9, 4, 4, 4.2, 4.1);
    TypedTensor images = longs(0, 1, 0);
    for (long ratio : new long[] {0, 2}) {
      for (String half : List.of("half_pixel", "output_half_pixel")) {
        cases.add(
            OpCase.of("RoiAlign", 16)
                .in(x, rois, images)
                .with("output_height", 3)
                .with("output_width", 2)
                .with("sampling_ratio", ratio)
                .with("spatial_scale", 0.8)
                .with("coordinate_transformation_mode", half));
      }
    }
    cases.add(
        OpCase.of("MaxRoiPool", 1)
            .in(x, floats(new int[] {2, 5}, 0, 0, 0, 7, 6, 1, 1, 2, 4, 9))
            .with("pooled_shape", new long[] {2, 3}));
    return cases.stream();
  }
}
