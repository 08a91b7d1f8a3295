package io.lanewise.cli.profile;

import io.lanewise.benchmarks.contender.NodeProfile;
import io.lanewise.benchmarks.probe.Roofs;
import io.lanewise.benchmarks.result.Derived;
import io.lanewise.cli.page.Fact;
import io.lanewise.onnx.OnnxProfile;
import io.lanewise.onnx.model.OnnxGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes reports of what was measured. */
public final class ModelReports {
  private static final long PEAK_NANOS = 50_000_000;

  private ModelReports() {}

  /**
   * Takes medians over runs of one graph, and measures what the machine reaches.
   *
   * @param graph the model's
   * @param rival what another library takes, if one was asked
   */
  public static ModelReport of(
      String model,
      List<Fact> facts,
      List<OnnxProfile> runs,
      OnnxGraph graph,
      int threads,
      Optional<NodeProfile> rival) {
    try (Roofs roofs = new Roofs(threads)) {
      double peak = roofs.peakGflops(PEAK_NANOS);
      CopyRates copies = new CopyRates(roofs);
      Optional<RivalNodes> theirs = rival.map(RivalNodes::new);
      List<ProfiledNode> nodes = new ArrayList<>();
      List<OnnxProfile.NodeTime> first = runs.getFirst().nodes();
      FusedNodes fused = new FusedNodes(graph, first);
      for (int i = 0; i < first.size(); i++) {
        int at = i;
        double nanos =
            Derived.median(runs.stream().mapToDouble(r -> r.nodes().get(at).nanos()).toArray());
        OnnxProfile.NodeTime n = first.get(i);
        nodes.add(
            new ProfiledNode(
                n.name(),
                n.operation(),
                n.algorithm(),
                nanos,
                n.flops(),
                n.bytes(),
                copies.of(n.bytes()),
                theirs
                    .map(t -> t.of(fused.names(n.name(), n.output())))
                    .orElse(OptionalDouble.empty())));
      }
      double nanos = Derived.median(runs.stream().mapToDouble(OnnxProfile::nanos).toArray());
      return new ModelReport(model, facts, nanos, peak, nodes, theirs.map(RivalNodes::rest));
    }
  }
}
