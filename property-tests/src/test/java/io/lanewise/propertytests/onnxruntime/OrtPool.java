package io.lanewise.propertytests.onnxruntime;

import static io.lanewise.kernels.tensor.Tensor.requireDisjoint;
import static io.lanewise.kernels.tensor.Tensor.requireShape;
import static io.lanewise.propertytests.onnxruntime.OnnxGraph.integer;
import static io.lanewise.propertytests.onnxruntime.OnnxGraph.integers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.lanewise.kernels.memory.Workspace;
import io.lanewise.kernels.memory.WorkspaceSpec;
import io.lanewise.kernels.parallel.Parallel;
import io.lanewise.kernels.pool.AvgPool;
import io.lanewise.kernels.pool.MaxPool;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** ONNX's MaxPool and AveragePool; forward only. */
final class OrtPool {
  private OrtPool() {}

  private static void requireOffered(PoolShape s) {
    if (s.rank() != 2 || s.ceil()) {
      throw new UnsupportedOperationException("images alone, not rounded up, got " + s);
    }
    var p = s.padding();
    if (Math.max(p.top(), p.bottom()) >= s.kh() || Math.max(p.left(), p.right()) >= s.kw()) {
      throw new UnsupportedOperationException(
          "ONNX Runtime's pools need padding smaller than the window, got " + s);
    }
  }

  private static List<AttributeProto> attributes(PoolShape s) {
    var p = s.padding();
    return List.of(
        integers("kernel_shape", s.kh(), s.kw()),
        integers("strides", s.strideH(), s.strideW()),
        integers("dilations", s.dilationH(), s.dilationW()),
        integers("pads", p.top(), p.left(), p.bottom(), p.right()));
  }

  record Max(PoolShape shape) implements MaxPool {
    Max {
      requireOffered(shape);
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(Tensor x, Tensor y, int[] indices, Workspace ws, Parallel par) {
      requireShape(x, shape.x(), "x");
      requireShape(y, shape.y(), "y");
      requireDisjoint(y, "y", x, "x");
      if (indices.length != y.size()) {
        throw new IllegalArgumentException(
            "there must be an index for each output: " + y.size() + ", got " + indices.length);
      }
      OnnxGraph graph =
          new OnnxGraph()
              .feed("x", x)
              .node(
                  "MaxPool",
                  List.of("x"),
                  List.of("y", "at"),
                  attributes(shape).toArray(new AttributeProto[0]));
      long[] at = new long[y.size()];
      OrtRun.run(graph, "y", "at", y, at, par);
      long plane = (long) shape.ih() * shape.iw();
      for (int i = 0; i < at.length; i++) {
        indices[i] = at[i] < 0 ? -1 : (int) (at[i] % plane); // ONNX counts through all planes
      }
    }

    @Override
    public void backward(Tensor dy, int[] indices, Tensor dx, Parallel par) {
      throw OnnxRuntimeBackend.noGradient("max pooling");
    }
  }

  record Average(PoolShape shape, boolean countsPadding) implements AvgPool {
    Average {
      requireOffered(shape);
    }

    @Override
    public WorkspaceSpec workspace() {
      return WorkspaceSpec.NONE;
    }

    @Override
    public void forward(Tensor x, Tensor y, Workspace ws, Parallel par) {
      requireShape(x, shape.x(), "x");
      requireShape(y, shape.y(), "y");
      requireDisjoint(y, "y", x, "x");
      List<AttributeProto> all = new ArrayList<>(attributes(shape));
      all.add(integer("count_include_pad", countsPadding ? 1 : 0));
      OnnxGraph graph =
          new OnnxGraph()
              .feed("x", x)
              .node("AveragePool", List.of("x"), List.of("y"), all.toArray(new AttributeProto[0]));
      OrtRun.run(graph, "y", y, par);
    }

    @Override
    public void backward(Tensor dy, Tensor dx, Workspace ws, Parallel par) {
      throw OnnxRuntimeBackend.noGradient("average pooling");
    }
  }
}
