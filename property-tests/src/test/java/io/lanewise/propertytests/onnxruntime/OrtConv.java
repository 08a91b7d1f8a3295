package io.lanewise.propertytests.onnxruntime;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireSameOrDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.onnxruntime.OnnxGraph.integer;
import static io.lanewise.propertytests.onnxruntime.OnnxGraph.integers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.lanewise.kernels.conv.ConvBackwardData;
import io.lanewise.kernels.conv.ConvForward;
import io.lanewise.kernels.conv.Epilogue;
import io.lanewise.kernels.memory.PackedWeights;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * ONNX's Conv (with a residual's Add and an activation) and ConvTranspose as passes of a
 * convolution.
 */
final class OrtConv {
  private static final String NAME = "onnxruntime";

  private OrtConv() {}

  private static PackedWeights newWeights(ConvShape s) {
    return new PackedWeights(NAME + s.w(), s.w().size());
  }

  private static void pack(ConvShape s, Tensor w, PackedWeights packed) {
    requireShape(w, s.w(), "w");
    packed.require(NAME + s.w());
    System.arraycopy(w.array(), w.offset(), packed.data(), 0, w.size());
  }

  private static Tensor weights(ConvShape s, PackedWeights packed) {
    packed.require(NAME + s.w());
    return Tensor.of(s.w(), packed.data());
  }

  private static List<AttributeProto> attributes(ConvShape s) {
    return List.of(
        integers("kernel_shape", longs(s.kernel())),
        integers("strides", longs(s.strides())),
        integers("dilations", longs(s.dilations())),
        integers("pads", longs(s.paddingBefore(), s.paddingAfter())),
        integer("group", s.groups()));
  }

  private static long[] longs(int[]... each) {
    return Stream.of(each).flatMapToInt(IntStream::of).asLongStream().toArray();
  }

  record Forward(ConvShape shape) implements ConvForward {
    @Override
    public String algorithm() {
      return NAME;
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public PackedWeights newWeights() {
      return OrtConv.newWeights(shape);
    }

    @Override
    public void pack(Tensor w, PackedWeights packed) {
      OrtConv.pack(shape, w, packed);
    }

    @Override
    public void run(
        Tensor x, PackedWeights w, Epilogue epilogue, Tensor y, Workspace ws, Parallel par) {
      requireShape(x, shape.x(), "x");
      requireShape(y, shape.y(), "y");
      requireDisjoint(y, "y", x, "x");
      OnnxGraph graph = new OnnxGraph().feed("x", x).constant("w", weights(shape, w));
      List<String> in = new ArrayList<>(List.of("x", "w"));
      if (epilogue.bias() != null) {
        requireShape(epilogue.bias(), shape.bias(), "bias");
        requireDisjoint(y, "y", epilogue.bias(), "bias");
        graph.constant("b", epilogue.bias());
        in.add("b");
      }
      graph.node("Conv", in, List.of("sums"), attributes(shape).toArray(new AttributeProto[0]));
      String before = "sums";
      if (epilogue.residual() != null) {
        requireShape(epilogue.residual(), shape.y(), "residual");
        requireSameOrDisjoint(y, "y", epilogue.residual(), "residual");
        graph.feed("r", epilogue.residual()).node("Add", List.of("sums", "r"), List.of("all"));
        before = "all";
      }
      OrtActivation.node(graph, epilogue.activation(), before, "y");
      OrtRun.run(graph, "y", y, par);
    }
  }

  record Data(ConvShape shape) implements ConvBackwardData {
    @Override
    public String algorithm() {
      return NAME;
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public PackedWeights newWeights() {
      return OrtConv.newWeights(shape);
    }

    @Override
    public void pack(Tensor w, PackedWeights packed) {
      OrtConv.pack(shape, w, packed);
    }

    @Override
    public void run(Tensor dy, PackedWeights w, Tensor dx, Workspace ws, Parallel par) {
      ConvShape s = shape;
      // what the window leaves over at the end of an axis comes back as output padding
      int[] left = new TransposedConvShape(s).outputPadding();
      requireShape(dy, s.y(), "dy");
      requireShape(dx, s.x(), "dx");
      requireDisjoint(dx, "dx", dy, "dy");
      List<AttributeProto> all = new ArrayList<>(attributes(s));
      all.add(integers("output_padding", longs(left)));
      OnnxGraph graph =
          new OnnxGraph()
              .feed("dy", dy)
              .constant("w", weights(s, w))
              .node(
                  "ConvTranspose",
                  List.of("dy", "w"),
                  List.of("dx"),
                  all.toArray(new AttributeProto[0]));
      OrtRun.run(graph, "dx", dx, par);
    }
  }
}
