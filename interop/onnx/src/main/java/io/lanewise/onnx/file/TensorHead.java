package io.lanewise.onnx.file;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A TensorProto without its values.
 *
 * @param name or empty
 * @param dims sizes as they stand in the file
 * @param dataType number of the element type
 * @param raw bytes of the values where they lie, or null
 * @param values how many values its lists hold, all told
 * @param isExternal true if the values are in another file
 * @param external where they are there
 */
record TensorHead(
    String name,
    List<Long> dims,
    long dataType,
    MemorySegment raw,
    long values,
    boolean isExternal,
    Map<String, String> external) {

  /** The number of data_location for values in another file. */
  static final long LOCATION_EXTERNAL = 1;

  boolean hasRaw() {
    return raw != null && raw.byteSize() > 0;
  }

  /** Reads all fields, and checks that values stand in the list of their type. */
  static TensorHead read(WireReader in) {
    Collector c = new Collector();
    in.budget().takeObjects(2, in);
    while (in.next()) {
      c.field(in);
    }
    int list = ValueLists.fieldOf(DataTypes.of(c.dataType, in));
    for (int field = 0; field < c.counts.length; field++) {
      if (field != list && c.counts[field] > 0) {
        throw in.error(
            "expected values of %s in %s, got some in %s",
            DataTypes.of(c.dataType, in), ValueLists.name(list), ValueLists.name(field));
      }
    }
    return new TensorHead(
        c.name, c.dims, c.dataType, c.raw, c.counts[list], c.isExternal, c.external);
  }

  /** What was read so far. */
  private static final class Collector {
    private final long[] counts = new long[ValueLists.FIELDS];
    private final Map<String, String> external = new LinkedHashMap<>();
    private final List<Long> dims = new ArrayList<>();
    private String name = "";
    private long dataType;
    private MemorySegment raw;
    private boolean isExternal;

    void field(WireReader in) {
      switch (in.field()) {
        case 1 -> dims(in, dims);
        case 2 -> dataType = in.int64();
        case 3 -> throw in.error("expected a whole tensor, got a segment of one");
        case 4 -> counts[4] += in.numbers(WireReader.FIXED32).length() / Float.BYTES;
        case 5, 7, 11 -> counts[in.field()] += in.numbers(WireReader.VARINT).countVarints();
        case 6 -> {
          in.skip();
          counts[6]++;
        }
        case 8 -> {
          name = in.text();
          in.place().name(name);
        }
        case 9 -> raw = in.bytes();
        case 10 -> counts[10] += in.numbers(WireReader.FIXED64).length() / Double.BYTES;
        case 13 -> Entries.read(in.message("external data"), external);
        case 14 -> isExternal = in.int64() == LOCATION_EXTERNAL;
        default -> in.skip();
      }
    }
  }

  /** Adds sizes. */
  static void dims(WireReader in, List<Long> dims) {
    WireReader numbers = in.numbers(WireReader.VARINT);
    while (numbers.hasMore()) {
      in.budget().takeObjects(1, in);
      dims.add(numbers.rawVarint());
    }
  }
}
