package io.lanewise.onnx.lower;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.GraphOps;
import io.lanewise.layers.graph.Value;
import java.util.List;

/** Matrix products. */
final class ProductLowerings {
  private ProductLowerings() {}

  static void addTo(Lowerings.Builder table) {
    table.floats("Gemm", ProductLowerings::gemm);
    table.floats("MatMul", ProductLowerings::matMul);
    table.floats("Einsum", EinsumLowering::lower);
  }

  private static List<Value> gemm(LoweringCall call) {
    boolean transposeA = call.node().intOr("transA", 0) != 0;
    boolean transposeB = call.node().intOr("transB", 0) != 0;
    float alpha = call.node().floatOr("alpha", 1);
    float beta = call.node().floatOr("beta", 1);
    if (call.shape(0).size() == 0 || call.shape(1).size() == 0) {
      return LoweringCall.DECLINED;
    }
    return call.has(2)
        ? call.only(
            GraphOps.gemm(transposeA, transposeB, alpha, beta),
            call.input(0),
            call.input(1),
            call.input(2))
        : call.only(
            GraphOps.gemm(transposeA, transposeB, alpha, beta), call.input(0), call.input(1));
  }

  private static List<Value> matMul(LoweringCall call) {
    Shape a = call.shape(0);
    Shape b = call.shape(1);
    return a.size() == 0 || b.size() == 0
        ? LoweringCall.DECLINED
        : call.only(GraphOps.matMul(), call.input(0), call.input(1));
  }
}
