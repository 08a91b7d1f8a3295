package io.lanewise.cli.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lanewise.benchmarks.contender.NodeProfile;
import io.lanewise.cli.page.Fact;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProfilePageTest {
  /** Half a millisecond at half of the peak, and as long at a quarter of the copy. */
  private static final ModelReport REPORT =
      new ModelReport(
          "a<b>.onnx",
          List.of(new Fact("Threads", "1")),
          1e6,
          100,
          List.of(
              new ProfiledNode(
                  "/conv",
                  "convolution n1 & ReLU",
                  "im2row",
                  5e5,
                  25_000_000,
                  100_000,
                  20,
                  OptionalDouble.of(1e6)),
              new ProfiledNode(
                  "/pool", "max pooling", "", 5e5, 1_000, 2_500_000, 20, OptionalDouble.empty())),
          Optional.of(new ModelReport.Rival("onnxruntime 1.0", 2e6, 3e5, 2)));

  @Test
  void thePageLoadsNothingAndHasEveryNode() {
    String page = ProfilePage.render(REPORT);
    assertTrue(page.contains("<h1>a&lt;b&gt;.onnx</h1>"), page);
    assertFalse(page.contains("<script") || page.contains("://"), page);
    assertTrue(
        page.contains(
            "<tr><th scope=\"row\">/conv<small>convolution n1 &amp; ReLU by im2row</small></th>"
                + "<td>0.500</td><td>50.0</td><td>50.0</td><td>50</td><td>0.10</td><td>1</td>"
                + "<td>1.000</td><td>0.50</td></tr>"),
        page);
    assertTrue(page.contains("<td>25</td><td>–</td><td>–</td></tr>"), page);
    assertTrue(page.contains("our time is 0.50 of its. 0.30 ms of that are in 2 nodes"), page);
  }

  @Test
  void barsFollowOneAnother() {
    Timeline timeline = new Timeline(REPORT);
    assertTrue(timeline.rows().contains("bar work\" style=\"margin-left:0.000%;width:50.000%"));
    assertTrue(timeline.rows().contains("bar move\" style=\"margin-left:50.000%;width:50.000%"));
    assertTrue(timeline.strip().contains("<rect class=\"move\" x=\"500.00\" width=\"500.00\""));
  }

  /** Ten operations a byte and 50 GFLOP/s, between the powers of ten around all that is drawn. */
  @Test
  void dotsLieWhereTheirNumbersAre() {
    String svg = new RooflineChart(REPORT, 446 + 12, 200).svg();
    assertEquals(2, svg.split("<circle", -1).length - 1);
    assertTrue(svg.contains(">peak 100</text>"), svg);
    for (String corner : List.of("NaN", "Infinity", "-Inf")) {
      assertFalse(svg.contains(corner), svg);
    }
  }

  @Test
  void aGraphWithoutOperationsIsDrawn() {
    ModelReport none =
        new ModelReport("m", List.of(), 0, 100, List.of(), Optional.<ModelReport.Rival>empty());
    String page = ProfilePage.render(none);
    assertFalse(page.contains("NaN") || page.contains("Infinity"), page);
  }

  @Test
  void theTableHasThemByTime() {
    StringWriter text = new StringWriter();
    new ProfileTable(REPORT).print(new PrintWriter(text, true), 1);
    assertTrue(text.toString().contains("  ratio  node"), text.toString());
    assertTrue(
        text.toString().contains("   1.000   0.50  /conv: convolution n1 & ReLU by im2row"),
        text.toString());
    assertFalse(text.toString().contains("/pool"), text.toString());
    assertTrue(text.toString().contains("ours over theirs 0.50"), text.toString());
  }

  @Test
  void aRivalsNodesAreFoundByTheNamesInTheirs() {
    assertEquals("/conv1/Conv", RivalNodes.plain("fused /conv1/Conv_nchwc"));
    assertEquals("/conv1/Conv", RivalNodes.plain("/conv1/Conv_output_0_token_12"));
    RivalNodes nodes =
        new RivalNodes(
            new NodeProfile(
                "r",
                "1",
                10,
                List.of(
                    new NodeProfile.Node("fused a", "Conv", 3),
                    new NodeProfile.Node("relu_output_0_nchwc", "Conv", 2),
                    new NodeProfile.Node("ReorderInput", "ReorderInput", 4))));
    assertEquals(OptionalDouble.of(5), nodes.of(Set.of("a", "relu_output_0")));
    assertEquals(OptionalDouble.empty(), nodes.of(Set.of("b", "c")));
    assertEquals(OptionalDouble.empty(), nodes.of(Set.of("a")), "counted before");
    assertEquals(new ModelReport.Rival("r 1", 10, 4, 1), nodes.rest());
  }
}
