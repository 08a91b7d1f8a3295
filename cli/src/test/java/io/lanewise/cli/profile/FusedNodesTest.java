package io.lanewise.cli.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lanewise.onnx.OnnxProfile;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.OnnxNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FusedNodesTest {
  private static OnnxNode node(String name, String opType, List<String> inputs, String output) {
    return new OnnxNode(name, "", opType, inputs, List.of(output), Map.of());
  }

  private static OnnxProfile.NodeTime compiled(String name, String output) {
    return new OnnxProfile.NodeTime(name, output, "", "", 1, 1, 1);
  }

  @Test
  void goBackToWhatOtherNodesMake() {
    OnnxGraph graph =
        new OnnxGraph(
            "g",
            List.of(
                node("first", "Conv", List.of("x", "w"), "a"),
                node("conv", "Conv", List.of("a", "w"), "b"),
                node("norm", "BatchNormalization", List.of("b", "s"), "c"),
                node("add", "Add", List.of("c", "a"), "d"),
                node("", "Relu", List.of("d"), "e")),
            Map.of(),
            List.of(),
            List.of(),
            Map.of());
    FusedNodes fused =
        new FusedNodes(graph, List.of(compiled("first", "a"), compiled("conv", "e")));
    assertEquals(Set.of("first", "a"), fused.names("first", "a"));
    assertEquals(Set.of("conv", "b", "norm", "c", "add", "d", "e"), fused.names("conv", "e"));
    assertEquals(Set.of("ours", "unknown"), fused.names("ours", "unknown"));
  }
}
