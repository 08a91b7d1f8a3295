package io.lanewise.layers.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.Sequential;
import io.lanewise.layers.Summary;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LeNet5Test {
  private static Summary summary() {
    Sequential net = LeNet5.create(10);
    net.build(LeNet5.inputShape(1), new SplittableRandom(1));
    return Summary.of(net, LeNet5.inputShape(1));
  }

  @Test
  void hasThePublishedShapesAndSizes() {
    List<Summary.Row> rows = summary().rows();
    assertEquals(
        List.of(
            Shape.of(1, 6, 28, 28),
            Shape.of(1, 6, 28, 28),
            Shape.of(1, 6, 14, 14),
            Shape.of(1, 16, 10, 10),
            Shape.of(1, 16, 10, 10),
            Shape.of(1, 16, 5, 5),
            Shape.of(1, 400),
            Shape.of(1, 120),
            Shape.of(1, 120),
            Shape.of(1, 84),
            Shape.of(1, 84),
            Shape.of(1, 10)),
        rows.stream().map(Summary.Row::outputShape).toList());
    assertEquals(61_706, summary().parameters());
    assertEquals(156, rows.get(0).parameters());
    assertEquals(2_416, rows.get(3).parameters());
    assertEquals(48_120, rows.get(7).parameters());
    assertEquals(10_164, rows.get(9).parameters());
    assertEquals(850, rows.get(11).parameters());
  }

  @Test
  void receptiveFieldsByHand() {
    // c1: 5; s2: 5 + 1·1 = 6; c3: 6 + 4·2 = 14; s4: 14 + 1·2 = 16; then everything.
    assertEquals(
        List.of(
            "5x5", "5x5", "6x6", "14x14", "14x14", "16x16", "16x16", "all", "all", "all", "all",
            "all"),
        summary().rows().stream().map(r -> r.receptiveField().toString()).toList());
  }

  @Test
  void flopsByHand() {
    List<Summary.Row> rows = summary().rows();
    assertEquals(2L * 6 * 28 * 28 * 25, rows.get(0).flops());
    assertEquals(2L * 16 * 10 * 10 * 150, rows.get(3).flops());
    assertEquals(2L * 400 * 120, rows.get(7).flops());
    assertTrue(summary().toString().contains("61,706"));
  }

  @Test
  void architecturesByName() {
    assertEquals("lenet5", Architectures.byName("LeNet5").name());
    assertEquals(
        "unknown model 'alexnet'; there is: lenet5",
        assertThrows(IllegalArgumentException.class, () -> Architectures.byName("alexnet"))
            .getMessage());
  }
}
