package io.lanewise.layers.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import io.lanewise.kernels.tensor.Shape;
import io.lanewise.layers.files.Quote;
import java.io.IOException;
import java.util.Arrays;

/** Reads one tensor's object in the header: dtype, shape and data_offsets, checked together. */
final class TensorEntryReader {
  private static final int MAX_RANK = 64;

  private final String file;
  private final String name;
  private final JsonParser json;
  private Dtype dtype;
  private long[] dims;
  private long[] offsets;

  TensorEntryReader(String file, String name, JsonParser json) {
    this.file = file;
    this.name = name;
    this.json = json;
  }

  /** Reads from the opening brace, which is the current token, to the closing one. */
  TensorEntry read(long dataBytes) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw error("expected an object, got " + Quote.of(json.getText()));
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> dtype = dtype();
        case "shape" -> dims = wholeNumbers("shape", MAX_RANK);
        case "data_offsets" -> offsets = wholeNumbers("data_offsets", 2);
        default ->
            throw error("expected dtype, shape and data_offsets, got field " + Quote.of(field));
      }
    }
    requirePresent(dtype, "dtype");
    requirePresent(dims, "shape");
    requirePresent(offsets, "data_offsets");
    Shape shape = shape();
    checkOffsets(shape, dataBytes);
    return new TensorEntry(name, dtype, shape, offsets[0], offsets[1]);
  }

  private Dtype dtype() throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw error("expected dtype to be text, got " + Quote.of(json.getText()));
    }
    String text = json.getText();
    return Dtype.named(text)
        .orElseThrow(
            () ->
                error(
                    "expected dtype F32, F16, BF16 or F64, which can be read as float, got "
                        + Quote.of(text)));
  }

  private long[] wholeNumbers(String field, int most) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw error("expected " + field + " to be an array, got " + Quote.of(json.getText()));
    }
    long[] numbers = new long[most];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (count == most) {
        throw error("expected at most " + most + " numbers in " + field + ", got more");
      }
      numbers[count++] = wholeNumber(field);
    }
    return Arrays.copyOf(numbers, count);
  }

  private long wholeNumber(String field) throws IOException {
    boolean fits =
        json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && json.getNumberType() != NumberType.BIG_INTEGER
            && json.getLongValue() >= 0;
    if (!fits) {
      throw error(
          "expected whole numbers from 0 to 2^63 - 1 in "
              + field
              + ", got "
              + Quote.of(json.getText()));
    }
    return json.getLongValue();
  }

  private Shape shape() throws SafetensorsException {
    long elements = 1;
    boolean empty = false;
    boolean fits = true;
    for (long d : dims) {
      empty |= d == 0;
      fits &= d <= Integer.MAX_VALUE;
    }
    for (int i = 0; i < dims.length && fits && !empty; i++) {
      elements *= dims[i]; // both below 2^31, so below 2^62
      fits = elements <= Integer.MAX_VALUE;
    }
    if (!fits) {
      throw error(
          "expected at most 2^31 - 1 elements and no longer dimension, got shape "
              + Arrays.toString(dims));
    }
    return Shape.of(Arrays.stream(dims).mapToInt(Math::toIntExact).toArray());
  }

  private void checkOffsets(Shape shape, long dataBytes) throws SafetensorsException {
    String got = ", got data_offsets " + Arrays.toString(offsets);
    if (offsets.length != 2) {
      throw error("expected two numbers, begin and end" + got);
    }
    if (offsets[0] > offsets[1]) {
      throw error("expected the begin not to come after the end" + got);
    }
    if (offsets[1] > dataBytes) {
      throw error("expected an end inside the " + dataBytes + " bytes of data" + got);
    }
    long bytes = (long) shape.size() * dtype.bytes;
    if (offsets[1] - offsets[0] != bytes) {
      throw error("expected " + bytes + " bytes for " + dtype + " of shape " + shape + got);
    }
  }

  private void requirePresent(Object value, String field) throws SafetensorsException {
    if (value == null) {
      throw error("expected dtype, shape and data_offsets, got no " + field);
    }
  }

  private SafetensorsException error(String problem) {
    return new SafetensorsException(file + ": tensor " + Quote.of(name) + ": " + problem);
  }
}
