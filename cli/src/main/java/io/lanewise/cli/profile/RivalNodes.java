package io.lanewise.cli.profile;

import io.lanewise.benchmarks.contender.NodeProfile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which of a rival's nodes are ours. ONNX Runtime names a node that it laid out anew after the
 * value that it makes, {@code /relu/Relu_output_0_nchwc}, and one that it fused after the first of
 * those it was made of, {@code fused /conv1/Conv}; so any name of what we fused may be in theirs.
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
   * @param names of all nodes that were fused into it, and of what they make
   */
  OptionalDouble of(Set<String> names) {
    double sum = 0;
    boolean found = false;
    for (String name : names) {
      String theirs = plain(name);
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
