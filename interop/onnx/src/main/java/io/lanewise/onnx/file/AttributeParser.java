package io.lanewise.onnx.file;

import io.lanewise.layers.typed.TypedTensor;
import io.lanewise.onnx.model.Attribute;
import io.lanewise.onnx.model.OnnxGraph;
import io.lanewise.onnx.model.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads AttributeProto: a name, a kind, and the value in the kind's own field. */
final class AttributeParser {
  private final TensorParser tensors;
  private final GraphParser graphs;

  AttributeParser(TensorParser tensors, GraphParser graphs) {
    this.tensors = tensors;
    this.graphs = graphs;
  }

  /** An attribute and its name. */
  record Named(String name, Attribute attribute) {}

  Named parse(WireReader in) {
    Collector c = new Collector();
    in.budget().takeObjects(3, in);
    while (in.next()) {
      c.field(in);
    }
    if (c.name.isEmpty()) {
      throw in.error("expected an attribute to have a name, got none");
    }
    return new Named(c.name, c.attribute(in));
  }

  /** What was read so far; values of one kind only may come. */
  private final class Collector {
    private final List<Float> floats = new ArrayList<>();
    private final List<Long> ints = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final List<TypedTensor> tensorList = new ArrayList<>();
    private final List<OnnxGraph> graphList = new ArrayList<>();
    private final List<ValueType> types = new ArrayList<>();
    private String name = "";
    private String reference = "";
    private AttributeKind told = AttributeKind.UNDEFINED;
    private AttributeKind found = AttributeKind.UNDEFINED;

    void field(WireReader in) {
      switch (in.field()) {
        case 1 -> {
          name = in.text();
          in.place().name(name);
        }
        case 20 -> told = AttributeKind.of(in.int64(), in);
        case 21 -> reference = in.text();
        default -> {
          Optional<AttributeKind> kind = AttributeKind.ofField(in.field());
          if (kind.isPresent()) {
            value(kind.get(), in);
          } else {
            in.skip();
          }
        }
      }
    }

    private void value(AttributeKind kind, WireReader in) {
      if (found != kind && found != AttributeKind.UNDEFINED) {
        throw in.error("expected values of one kind, got %s and %s", found, kind);
      }
      found = kind;
      in.budget().takeObjects(1, in);
      switch (kind) {
        case FLOAT, FLOATS -> {
          WireReader numbers = in.numbers(WireReader.FIXED32);
          float[] values = new float[numbers.length() / Float.BYTES];
          in.budget().takeObjects(values.length, in);
          numbers.rawFloats(values, 0);
          for (float v : values) {
            floats.add(v);
          }
        }
        case INT, INTS -> {
          WireReader numbers = in.numbers(WireReader.VARINT);
          in.budget().takeObjects(numbers.countVarints(), in);
          while (numbers.hasMore()) {
            ints.add(numbers.rawVarint());
          }
        }
        case STRING, STRINGS -> texts.add(in.text());
        case TENSOR, TENSORS -> tensorList.add(tensors.parse(in.message("tensor")).tensor());
        case SPARSE_TENSOR, SPARSE_TENSORS ->
            tensorList.add(new SparseParser(tensors).parse(in.message("sparse tensor")).tensor());
        case GRAPH, GRAPHS -> graphList.add(graphs.parse(in.message("graph")));
        case TYPE_PROTO, TYPE_PROTOS -> types.add(TypeParser.type(in.message("type")));
        case UNDEFINED -> throw new AssertionError("no field is of this kind");
      }
    }

    Attribute attribute(WireReader in) {
      AttributeKind kind = told == AttributeKind.UNDEFINED ? found : told;
      if (found != AttributeKind.UNDEFINED && found != kind) {
        throw in.error("expected values of kind %s, as the attribute says, got %s", kind, found);
      }
      if (!reference.isEmpty()) {
        if (found != AttributeKind.UNDEFINED) {
          throw in.error("expected a reference or a value, got both");
        }
        in.budget().takeObjects(1, in);
        return new Attribute.Reference(reference, kind.type());
      }
      return switch (kind) {
        case FLOAT -> new Attribute.OfFloat(floats.isEmpty() ? 0 : floats.getLast());
        case INT -> new Attribute.OfInt(ints.isEmpty() ? 0 : ints.getLast());
        case STRING -> new Attribute.OfText(texts.isEmpty() ? "" : texts.getLast());
        case TENSOR, SPARSE_TENSOR -> new Attribute.OfTensor(one(tensorList, in));
        case GRAPH -> new Attribute.OfGraph(one(graphList, in));
        case TYPE_PROTO -> new Attribute.OfType(one(types, in));
        case FLOATS -> new Attribute.OfFloats(floats);
        case INTS -> new Attribute.OfInts(ints);
        case STRINGS -> new Attribute.OfTexts(texts);
        case TENSORS, SPARSE_TENSORS -> new Attribute.OfTensors(tensorList);
        case GRAPHS -> new Attribute.OfGraphs(graphList);
        case TYPE_PROTOS -> new Attribute.OfTypes(types);
        case UNDEFINED -> throw in.error("expected an attribute to have a value, got none");
      };
    }

    private static <T> T one(List<T> values, WireReader in) {
      if (values.size() != 1) {
        throw in.error("expected one value, got %d", values.size());
      }
      return values.getFirst();
    }
  }
}
