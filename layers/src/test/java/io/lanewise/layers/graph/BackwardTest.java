package io.lanewise.layers.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.activation.Activation;
import io.lanewise.kernels.arithmetic.BinaryOp;
import io.lanewise.kernels.arithmetic.ReduceOp;
import io.lanewise.kernels.arithmetic.UnaryOp;
import io.lanewise.kernels.catalogue.Operation;
import io.lanewise.kernels.catalogue.Operations;
import io.lanewise.kernels.movement.BlockOrder;
import io.lanewise.kernels.movement.PadMode;
import io.lanewise.kernels.movement.ScatterMode;
import io.lanewise.kernels.norm.Lrn;
import io.lanewise.kernels.norm.NormSpan;
import io.lanewise.kernels.shape.AdaptivePoolShape;
import io.lanewise.kernels.shape.ConvShape;
import io.lanewise.kernels.shape.PoolShape;
import io.lanewise.kernels.shape.ResizeShape;
import io.lanewise.kernels.shape.TransposedConvShape;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.graph.ops.ConvOperator;
import io.lanewise.layers.typed.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each operation names the backward passes of its gradients as the catalogue does, or none. */
class BackwardTest {
  private static String withoutParameters(String name) {
    return name.contains("(") ? name.substring(0, name.indexOf('(')) : name;
  }

  private static List<GraphOp> all() {
    PoolShape pool = PoolShape.square(1, 1, 4, 4, 2, 2, 0);
    AdaptivePoolShape adaptive = AdaptivePoolShape.of(Shape.of(1, 1, 4, 4), 2);
    int[] one = {1};
    List<GraphOp> all =
        new ArrayList<>(
            List.of(
                GraphOps.conv(ConvShape.input(1, 1, 4, 4).filters(1, 2, 2).build()),
                GraphOps.transposedConv(
                    TransposedConvShape.input(1, 1, 4, 4).filters(1, 2, 2).build()),
                GraphOps.linear(),
                GraphOps.matMul(),
                GraphOps.maxPool(pool),
                GraphOps.avgPool(pool, true),
                GraphOps.lpPool(pool, 2),
                GraphOps.adaptiveMaxPool(adaptive),
                GraphOps.adaptiveAvgPool(adaptive),
                GraphOps.maxUnpool(Shape.of(1, 1, 4, 4), true),
                GraphOps.batchNorm(0),
                GraphOps.layerNorm(1, 0),
                GraphOps.rmsNorm(1, 0),
                GraphOps.groupNorm(1, 0),
                GraphOps.instanceNorm(0),
                GraphOps.meanVarianceNorm(NormSpan.BATCH, 1e-9),
                GraphOps.lengthNorm(1, 1e-9),
                GraphOps.lrn(Lrn.onnx(5, 1, 1, 1)),
                GraphOps.lrnWithinChannel(Lrn.onnx(5, 1, 1, 1)),
                GraphOps.prelu(),
                GraphOps.clip(0, 1),
                GraphOps.where(),
                GraphOps.topK(0, 1, true),
                GraphOps.cumulativeSum(0, false, false),
                GraphOps.softmax(0),
                GraphOps.logSoftmax(0),
                GraphOps.concat(0),
                GraphOps.split(0, 1),
                GraphOps.slice(one, one, one, one),
                GraphOps.pad(one, one, 0),
                GraphOps.transpose(0),
                GraphOps.reshape(Shape.of(1)),
                GraphOps.expand(Shape.of(1)),
                GraphOps.tile(1),
                GraphOps.flip(0),
                GraphOps.channelShuffle(1),
                GraphOps.trilu(true, 0),
                GraphOps.trilu(false, 0),
                GraphOps.gather(0),
                GraphOps.gatherElements(0),
                GraphOps.gatherNd(0),
                GraphOps.resize(ResizeShape.of(1, 1, 2, 2).to(4, 4).build()),
                GraphOps.affineGrid(Shape.of(1, 2, 2, 2), true),
                GraphOps.dropout()));
    for (BinaryOp op : BinaryOp.values()) {
      all.add(GraphOps.binary(op));
    }
    for (UnaryOp op : UnaryOp.values()) {
      all.add(GraphOps.unary(op));
    }
    for (ReduceOp op : ReduceOp.values()) {
      all.add(GraphOps.reduce(op, true));
    }
    for (PadMode mode : PadMode.values()) {
      all.add(GraphOps.pad(one, one, mode));
    }
    for (BlockOrder order : BlockOrder.values()) {
      all.add(GraphOps.depthToSpace(2, order));
      all.add(GraphOps.spaceToDepth(2, order));
    }
    for (ScatterMode mode : ScatterMode.values()) {
      all.add(GraphOps.scatterElements(0, mode));
      all.add(GraphOps.scatterNd(mode));
    }
    for (Activation.Kind kind : Activation.Kind.values()) {
      if (kind != Activation.Kind.CLAMP && kind != Activation.Kind.THRESHOLD) {
        all.add(
            GraphOps.activation(
                Activation.parse(kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))));
      }
    }
    return all;
  }

  @Test
  void gradientsAreInTheCatalogue() {
    Set<String> known =
        Operations.all().stream()
            .filter(op -> op.backward().isPresent())
            .map(Operation::name)
            .map(BackwardTest::withoutParameters)
            .collect(Collectors.toSet());
    for (GraphOp op : all()) {
      for (String name : op.backward()) {
        assertTrue(known.contains(name), () -> op + " names '" + name + "', not in " + known);
      }
    }
  }

  @Test
  void whatHasNoneSaysSo() {
    assertEquals(List.of(), GraphOps.argMax(true, false).backward());
    assertEquals(List.of(), GraphOps.oneHot(3, 0, 0, 1).backward());
    assertEquals(List.of(), GraphOps.cast(ElementType.INT64).backward());
    assertEquals(List.of(), GraphOps.binary(BinaryOp.LESS).backward());
    assertEquals(List.of(), GraphOps.unary(UnaryOp.NOT).backward());
    assertEquals(List.of("convolution", "relu"), fusedConv().backward());
  }

  private static GraphOp fusedConv() {
    ConvShape shape = ConvShape.input(1, 1, 4, 4).filters(1, 2, 2).build();
    return new ConvOperator(shape, Activation.relu());
  }
}
