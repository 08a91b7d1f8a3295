package io.lanewise.onnx.file;

import io.lanewise.layers.files.Quote;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxException;
import io.lanewise.onnx.model.OnnxFunction;
import io.lanewise.onnx.model.OnnxModel;
import io.lanewise.onnx.model.OnnxNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must hold of a model whatever its operators mean: operator sets are known, functions do not
 * call themselves, values are made once and before they are used.
 *
 * @see <a href="https://github.com/onnx/onnx/blob/main/docs/IR.md">ONNX IR specification</a>
 */
final class ModelCheck {
  /** Newest operator set of the standard's own domain. */
  static final long MAX_OPSET = 22;

  /** Functions that call functions must not grow without end. */
  private static final long MOST_NODES = 10_000_000;

  private final OnnxModel model;
  private final String file;
  private final Map<String, OnnxFunction> functions = new LinkedHashMap<>();
  private final Map<String, Long> nodes = new LinkedHashMap<>();
  private final Set<String> open = new HashSet<>();

  private ModelCheck(OnnxModel model, String file) {
    this.model = model;
    this.file = file;
  }

  /**
   * Checks a model.
   *
   * @param file what it is called in messages
   * @throws OnnxException if something does not hold
   */
  static void check(OnnxModel model, String file) {
    new ModelCheck(model, file).run();
  }

  private void run() {
    opsets(model.opsets(), file);
    for (OnnxFunction f : model.functions()) {
      if (functions.put(key(f.domain(), f.name()), f) != null) {
        throw error(file, "expected one function %s, got two", describe(f));
      }
    }
    for (OnnxFunction f : model.functions()) {
      function(f);
    }
    for (OnnxFunction f : model.functions()) {
      size(f);
    }
    String graph = file + ": graph " + Quote.of(model.graph().name());
    GraphCheck.check(model.graph(), graph, node -> node(node, model.opsets(), false, graph));
    long all = 0;
    for (OnnxNode n : model.graph().nodes()) {
      all = Math.min(MOST_NODES + 1, all + size(n));
    }
    requireFew(all, graph);
  }

  private static void opsets(Map<String, Long> opsets, String where) {
    opsets.forEach(
        (domain, version) -> {
          long most = domain.isEmpty() ? MAX_OPSET : Long.MAX_VALUE;
          if (version < 1 || version > most) {
            throw error(
                where,
                "expected a version of operator set %s from 1 to %d, got %d",
                Quote.of(domain.isEmpty() ? "ai.onnx" : domain),
                most,
                version);
          }
        });
  }

  private void function(OnnxFunction f) {
    String where = file + ": function " + describe(f);
    opsets(f.opsets(), where);
    GraphCheck.checkFunction(f, where, node -> node(node, f.opsets(), true, where));
  }

  /** What a node must be, whatever its graph. */
  private void node(OnnxNode node, Map<String, Long> opsets, boolean inFunction, String where) {
    boolean isFunction = functions.containsKey(key(node.domain(), node.opType()));
    if (!opsets.containsKey(node.domain()) && !isFunction) {
      throw error(
          where,
          "%s: expected a version of operator set %s, got none",
          name(node),
          Quote.of(node.domain().isEmpty() ? "ai.onnx" : node.domain()));
    }
    if (!inFunction) {
      node.attributes()
          .forEach(
              (key, a) -> {
                if (a instanceof Attribute.Reference) {
                  throw error(
                      where,
                      "%s: attribute %s refers to one of a function, but is in none",
                      name(node),
                      Quote.of(key));
                }
              });
    }
  }

  /** How many nodes a function has when all that it calls is put in place. */
  private long size(OnnxFunction f) {
    String key = key(f.domain(), f.name());
    Long known = nodes.get(key);
    if (known != null) {
      return known;
    }
    if (!open.add(key)) {
      throw error(file, "function %s calls itself", describe(f));
    }
    if (open.size() > WireReader.MAX_DEPTH) {
      throw error(file, "expected at most %d functions that call the next", WireReader.MAX_DEPTH);
    }
    long all = 0;
    for (OnnxNode n : f.nodes()) {
      all = Math.min(MOST_NODES + 1, all + size(n));
    }
    requireFew(all, file + ": function " + describe(f));
    open.remove(key);
    nodes.put(key, all);
    return all;
  }

  private long size(OnnxNode node) {
    OnnxFunction f = functions.get(key(node.domain(), node.opType()));
    long all = f == null ? 1 : size(f);
    for (Attribute a : node.attributes().values()) {
      for (List<OnnxNode> body : GraphCheck.bodies(a)) {
        for (OnnxNode n : body) {
          all = Math.min(MOST_NODES + 1, all + size(n));
        }
      }
    }
    return all;
  }

  private static void requireFew(long all, String where) {
    if (all > MOST_NODES) {
      throw error(
          where, "expected at most %d nodes with all functions in place, got more", MOST_NODES);
    }
  }

  private static String key(String domain, String name) {
    return domain + "\n" + name;
  }

  private static String describe(OnnxFunction f) {
    return Quote.of(f.domain().isEmpty() ? f.name() : f.domain() + "." + f.name());
  }

  /** A node by its name, or by what it makes. */
  static String name(OnnxNode node) {
    String name =
        node.name().isEmpty() && !node.outputs().isEmpty()
            ? node.outputs().getFirst()
            : node.name();
    return "node %s (%s)".formatted(Quote.of(name), Quote.of(node.opType()));
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
  static OnnxException error(String where, String problem, Object... values) {
    return new OnnxException(where + ": " + problem.formatted(values));
  }
}
