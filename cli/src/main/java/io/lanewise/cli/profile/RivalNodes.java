package io.lanewise.cli.profile;

import io.lanewise.benchmarks.contender.NodeProfile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which of a rival's nodes are ours. ONNX Runtime names a node that it laid out anew after the
 * value that it makes, {@code /relu/Relu_output_0_nchwc}, and one that it fused after the first of
 * those it was made of, {@code fused /conv1/Conv}; so either name of ours may be in theirs.
 */
final class RivalNodes {
  private static final Pattern AROUND =
      Pattern.compile("^(fused )+|(_nchwc|_token_\\d+|_output_\\d+)+$");

  private final NodeProfile profile;
  private final Map<String, Double> nanos = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  RivalNodes(NodeProfile profile) {
    this.profile = profile;
    for (NodeProfile.Node node : profile.nodes()) {
      nanos.merge(plain(node.name()), node.nanos(), Double::sum);
    }
  }

  static String plain(String name) {
    return AROUND.matcher(name).replaceAll("");
  }

  /**
   * What it takes for a node of ours; empty if it has none of its names.
   *
   * @param output the name of what it makes
   */
  OptionalDouble of(String name, String output) {
    double sum = 0;
    boolean found = false;
    for (String theirs : new LinkedHashSet<>(List.of(plain(name), plain(output)))) {
      Double of = nanos.get(theirs);
      if (of != null && taken.add(theirs)) {
        sum += of;
        found = true;
      }
    }
    return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
  }

  /** The whole, when all of ours have been asked for. */
  ModelReport.Rival rest() {
    List<NodeProfile.Node> others =
        profile.nodes().stream().filter(n -> !taken.contains(plain(n.name()))).toList();
    return new ModelReport.Rival(
        profile.contender() + " " + profile.version(),
        profile.nanos(),
        others.stream().mapToDouble(NodeProfile.Node::nanos).sum(),
        others.size());
  }
}
