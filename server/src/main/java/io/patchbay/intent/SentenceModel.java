package io.patchbay.intent;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * A small model, inside the process, that places sentences so that those of like meaning lie near
 * each other. Safe for use by several threads; each uses one core. It is kept as long as the
 * process: about 23 MB of weights and what the runtime takes for itself.
 */
final class SentenceModel implements Meanings.Model {
  private static final String WEIGHTS = "/all-minilm-l6-v2-q.onnx";
  private static final String PIECES = "/all-minilm-l6-v2-q-tokenizer.json";

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieces pieces;

  private SentenceModel(OrtEnvironment environment, OrtSession session, WordPieces pieces) {
    this.environment = environment;
    this.session = session;
    this.pieces = pieces;
  }

  /**
   * Takes about half a second.
   *
   * @throws IllegalStateException if this machine cannot run it
   */
  static SentenceModel load() {
    try (var options = new OrtSession.SessionOptions()) {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setMemoryPatternOptimization(false);
      options.setCPUArenaAllocator(false);
      return new SentenceModel(
          environment,
          environment.createSession(resource(WEIGHTS), options),
          WordPieces.read(resource(PIECES)));
    } catch (OrtException | IOException | LinkageError e) {
      throw new IllegalStateException("the model of sentences cannot be loaded", e);
    }
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = SentenceModel.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return in.readAllBytes();
    }
  }

  @Override
  public float[] vector(String full) {
    long[] ids = pieces.of(full);
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    long[] shape = {1, ids.length};
    try (OnnxTensor tokens = tensor(ids, shape);
        OnnxTensor mask = tensor(ones, shape);
        OnnxTensor types = tensor(new long[ids.length], shape);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", tokens, "attention_mask", mask, "token_type_ids", types))) {
      return mean(((OnnxTensor) result.get(0)).getFloatBuffer(), ids.length);
    } catch (OrtException e) {
      throw new IllegalStateException("the model of sentences failed", e);
    }
  }

  @Override
  public boolean has(String word) {
    return pieces.has(word);
  }

  private OnnxTensor tensor(long[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), shape);
  }

  /** Of the vectors of all pieces, with length 1. */
  private static float[] mean(FloatBuffer states, int count) {
    int size = states.remaining() / count;
    float[] mean = new float[size];
    for (int piece = 0; piece < count; piece++) {
      for (int at = 0; at < size; at++) {
        mean[at] += states.get(piece * size + at);
      }
    }
    double squares = 0;
    for (float value : mean) {
      squares += value * value;
    }
    float length = (float) Math.sqrt(squares);
    for (int at = 0; at < size; at++) {
      mean[at] /= length;
    }
    return mean;
  }
}
