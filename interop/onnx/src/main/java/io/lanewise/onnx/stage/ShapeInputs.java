package io.lanewise.onnx.stage;

import io.lanewise.onnx.model.OnnxNode;
import java.util.Map;
import java.util.Set;

/** Which operators' output shapes depend on more than the shapes of their inputs. */
final class ShapeInputs {
  private static final Map<String, int[]> BY_VALUE =
      Map.ofEntries(
          Map.entry("Reshape", new int[] {1}),
          Map.entry("Expand", new int[] {1}),
          Map.entry("Tile", new int[] {1, 2}),
          Map.entry("Slice", new int[] {1, 2, 3, 4}),
          Map.entry("Pad", new int[] {1, 3}),
          Map.entry("ConstantOfShape", new int[] {0}),
          Map.entry("Range", new int[] {0, 1, 2}),
          Map.entry("OneHot", new int[] {1}),
          Map.entry("Squeeze", new int[] {1}),
          Map.entry("Unsqueeze", new int[] {1}),
          Map.entry("Resize", new int[] {2, 3}),
          Map.entry("Upsample", new int[] {1}),
          Map.entry("TopK", new int[] {1}),
          Map.entry("Split", new int[] {1}),
          Map.entry("MaxUnpool", new int[] {2}),
          Map.entry("CenterCropPad", new int[] {1}),
          Map.entry("AffineGrid", new int[] {1}),
          Map.entry("Col2Im", new int[] {1, 2}),
          Map.entry("DFT", new int[] {1, 2}),
          Map.entry("STFT", new int[] {1, 3}),
          Map.entry("MelWeightMatrix", new int[] {0, 1}),
          Map.entry("BlackmanWindow", new int[] {0}),
          Map.entry("HannWindow", new int[] {0}),
          Map.entry("HammingWindow", new int[] {0}),
          Map.entry("ReduceSum", new int[] {1}),
          Map.entry("ReduceMean", new int[] {1}),
          Map.entry("ReduceMax", new int[] {1}),
          Map.entry("ReduceMin", new int[] {1}),
          Map.entry("ReduceProd", new int[] {1}),
          Map.entry("ReduceL1", new int[] {1}),
          Map.entry("ReduceL2", new int[] {1}),
          Map.entry("ReduceSumSquare", new int[] {1}),
          Map.entry("ReduceLogSum", new int[] {1}),
          Map.entry("ReduceLogSumExp", new int[] {1}));

  /** What they give out is as large as what they find. */
  private static final Set<String> BY_DATA =
      Set.of("NonZero", "Unique", "Compress", "NonMaxSuppression", "StringNormalizer");

  /** Refuse or divide by 0. */
  private static final Set<String> NOT_ZERO = Set.of("Div", "Mod", "ReverseSequence");

  private static final int[] NONE = {};

  private ShapeInputs() {}

  /** Numbers of the inputs whose values must be known before the outputs' shapes are. */
  static int[] byValue(OnnxNode node) {
    if (node.opType().equals("Resize") && node.inputs().size() == 2) {
      return new int[] {1}; // opset 10: x and scales
    }
    return node.domain().isEmpty() ? BY_VALUE.getOrDefault(node.opType(), NONE) : NONE;
  }

  /** True if the outputs' shapes are known only when they are computed. */
  static boolean byData(OnnxNode node) {
    return node.domain().isEmpty() && BY_DATA.contains(node.opType());
  }

  /** An element with which the outputs' shapes can be found by computing them. */
  static long harmless(OnnxNode node) {
    return NOT_ZERO.contains(node.opType()) ? 1 : 0;
  }
}
