package io.lanewise.onnx.host;

import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxFunction;
import io.lanewise.onnx.model.OnnxNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The operators that a model defines itself. */
final class Functions {
  private record Key(String domain, String name) {}

  private final Map<Key, OnnxFunction> functions = new HashMap<>();

  Functions(List<OnnxFunction> functions) {
    functions.forEach(f -> this.functions.put(new Key(f.domain(), f.name()), f));
  }

  Optional<OnnxFunction> find(OnnxNode node) {
    return Optional.ofNullable(functions.get(new Key(node.domain(), node.opType())));
  }

  /**
   * A node of a function's body with the call's attributes in place of references; inputs that the
   * call leaves out are left out here, too.
   */
  static OnnxNode bind(
      OnnxNode node, List<String> parameters, Set<String> given, Map<String, Attribute> call) {
    Map<String, Attribute> attributes = new HashMap<>();
    node.attributes()
        .forEach(
            (name, a) -> {
              Attribute bound = a instanceof Attribute.Reference r ? call.get(r.name()) : a;
              if (bound != null) {
                attributes.put(name, bound);
              }
            });
    List<String> inputs =
        node.inputs().stream()
            .map(i -> parameters.contains(i) && !given.contains(i) ? "" : i)
            .toList();
    return new OnnxNode(
        node.name(), node.domain(), node.opType(), inputs, node.outputs(), attributes);
  }
}
