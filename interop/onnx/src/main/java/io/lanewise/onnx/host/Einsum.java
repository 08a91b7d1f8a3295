package io.lanewise.onnx.host;

import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.typed.TypedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Einsum: products of elements, summed over the labels that the result does not name. Labels are
 * letters; an ellipsis stands for labels that broadcast, here the digits.
 */
final class Einsum {
  private static final String ELLIPSIS = "...";

  private Einsum() {}

  static void addTo(OpTable<HostOp> table) {
    table.add("Einsum", 12, Einsum::einsum);
  }

  private static List<TypedTensor> einsum(HostCall call) {
    String equation = call.node().textOr("equation", "").replace(" ", "");
    String[] sides = equation.split("->", -1);
    String[] terms = sides[0].split(",", -1);
    if (terms.length != call.inputs().size() || sides.length > 2) {
      throw call.wrong("equation '%s' does not fit %d inputs", equation, call.inputs().size());
    }
    int broadcast = 0;
    for (int i = 0; i < terms.length; i++) {
      if (terms[i].contains(ELLIPSIS)) {
        broadcast = Math.max(broadcast, call.input(i).shape().rank() - letters(terms[i]).length());
      }
    }
    Map<Character, Integer> sizes = new LinkedHashMap<>();
    for (int i = 0; i < terms.length; i++) {
      terms[i] = expand(terms[i], call.input(i).shape().rank(), broadcast, call);
      measure(terms[i], call.input(i).shape(), sizes, call);
    }
    String result =
        sides.length == 2 ? expandResult(sides[1], broadcast) : implicit(sides[0], broadcast);
    return List.of(sum(call, terms, result, sizes));
  }

  private static String letters(String term) {
    return term.replace(ELLIPSIS, "");
  }

  /** Digits for the ellipsis, the last axis being the last digit of {@code broadcast}. */
  private static String expand(String term, int rank, int broadcast, HostCall call) {
    int hidden = term.contains(ELLIPSIS) ? rank - letters(term).length() : 0;
    String labels =
        term.replace(ELLIPSIS, digits(broadcast).substring(broadcast - Math.max(hidden, 0)));
    if (labels.length() != rank || hidden < 0) {
      throw call.wrong("term '%s' does not fit %d dimensions", term, rank);
    }
    return labels;
  }

  private static String expandResult(String result, int broadcast) {
    return result.replace(ELLIPSIS, digits(broadcast));
  }

  private static String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + i));
    }
    return digits.toString();
  }

  /** The ellipsis, then the letters that occur once, in alphabetical order. */
  private static String implicit(String terms, int broadcast) {
    Map<Character, Integer> counts = new TreeMap<>();
    for (char label : letters(terms.replace(",", "")).toCharArray()) {
      counts.merge(label, 1, Integer::sum);
    }
    StringBuilder result = new StringBuilder(digits(broadcast));
    counts.forEach(
        (label, count) -> {
          if (count == 1) {
            result.append(label);
          }
        });
    return result.toString();
  }

  private static void measure(
      String labels, Shape shape, Map<Character, Integer> sizes, HostCall call) {
    for (int i = 0; i < labels.length(); i++) {
      char label = labels.charAt(i);
      int size = shape.dim(i);
      int known = sizes.merge(label, size, (a, b) -> a == 1 ? b : a);
      if (size != known && size != 1) {
        throw call.wrong("label '%s' has sizes %d and %d", label, known, size);
      }
    }
  }

  private static TypedTensor sum(
      HostCall call, String[] terms, String result, Map<Character, Integer> sizes) {
    StringBuilder labels = new StringBuilder(result);
    for (char label : sizes.keySet()) {
      if (result.indexOf(label) < 0) {
        labels.append(label);
      }
    }
    List<Integer> dims = new ArrayList<>();
    for (char label : labels.toString().toCharArray()) {
      Integer size = sizes.get(label);
      if (size == null) {
        throw call.wrong("the result's label '%s' is in no term", label);
      }
      dims.add(size);
    }
    int[] all = dims.stream().mapToInt(Integer::intValue).toArray();
    Shape shape = Shape.of(Arrays.copyOf(all, result.length()));
    Shape summed = Shape.of(Arrays.copyOfRange(all, result.length(), all.length));
    int[][] outer = new int[terms.length][];
    int[][] inner = new int[terms.length][];
    for (int i = 0; i < terms.length; i++) {
      int[] strides = strides(labels.toString(), terms[i], call.input(i).shape());
      outer[i] = Arrays.copyOf(strides, result.length());
      inner[i] = Arrays.copyOfRange(strides, result.length(), all.length);
    }
    TypedTensor y = TypedTensor.zeros(call.input(0).type(), shape);
    for (IndexWalk w = new IndexWalk(shape, outer); w.hasNext(); w.advance()) {
      IndexWalk s = new IndexWalk(summed, inner);
      for (int i = 0; i < terms.length; i++) {
        s.startingAt(i, w.at(i));
      }
      if (y.type().isFloating()) {
        y.setDouble(w.position(), sumOfProducts(call.inputs(), s));
      } else {
        y.setLong(w.position(), sumOfWholeProducts(call.inputs(), s));
      }
    }
    return y;
  }

  /** For each label how far a step goes in an operand; repeated labels walk its diagonal. */
  private static int[] strides(String labels, String term, Shape shape) {
    int[] dense = IndexWalk.strides(shape);
    int[] strides = new int[labels.length()];
    for (int i = 0; i < term.length(); i++) {
      strides[labels.indexOf(term.charAt(i))] += shape.dim(i) == 1 ? 0 : dense[i];
    }
    return strides;
  }

  private static double sumOfProducts(List<TypedTensor> inputs, IndexWalk walk) {
    double sum = 0;
    for (; walk.hasNext(); walk.advance()) {
      double product = 1;
      for (int i = 0; i < inputs.size(); i++) {
        product *= inputs.get(i).doubleAt(walk.at(i));
      }
      sum += product;
    }
    return sum;
  }

  private static long sumOfWholeProducts(List<TypedTensor> inputs, IndexWalk walk) {
    long sum = 0;
    for (; walk.hasNext(); walk.advance()) {
      long product = 1;
      for (int i = 0; i < inputs.size(); i++) {
        product *= inputs.get(i).longAt(walk.at(i));
      }
      sum += product;
    }
    return sum;
  }
}
