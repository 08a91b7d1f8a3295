package io.lanewise.rivals.onnxruntime;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lanewise.benchmarks.contender.NodeProfile;
import io.lanewise.benchmarks.result.Derived;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The file that ONNX Runtime's profiler writes: events as Chrome's tracing has them, durations in
 * microseconds. A node's kernel has category {@code Node} and a name that ends with {@value
 * #KERNEL}; a run is {@value #RUN}.
 */
final class OrtEvents {
  private static final String KERNEL = "_kernel_time";
  private static final String RUN = "model_run";
  private static final double NANOS = 1e3;

  private OrtEvents() {}

  /** Medians over the last {@code runs} runs. */
  static NodeProfile profile(String json, String contender, String version, int runs)
      throws JsonProcessingException {
    Map<String, String> operations = new LinkedHashMap<>();
    Map<String, List<Double>> times = new LinkedHashMap<>();
    List<Double> whole = new ArrayList<>();
    for (JsonNode event : new ObjectMapper().readTree(json)) {
      String name = event.path("name").asText();
      double nanos = NANOS * event.path("dur").asDouble();
      if (name.equals(RUN)) {
        whole.add(nanos);
      } else if (event.path("cat").asText().equals("Node") && name.endsWith(KERNEL)) {
        String node = name.substring(0, name.length() - KERNEL.length());
        operations.put(node, event.path("args").path("op_name").asText());
        times.computeIfAbsent(node, n -> new ArrayList<>()).add(nanos);
      }
    }
    List<NodeProfile.Node> nodes = new ArrayList<>();
    times.forEach(
        (node, of) ->
            nodes.add(new NodeProfile.Node(node, operations.get(node), median(of, runs))));
    return new NodeProfile(contender, version, median(whole, runs), nodes);
  }

  private static double median(List<Double> times, int runs) {
    List<Double> last = times.subList(Math.max(0, times.size() - runs), times.size());
    return Derived.median(last.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
