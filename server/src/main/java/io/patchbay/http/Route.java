package io.patchbay.http;

import io.patchbay.base.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One line of the route table: it is served, and it is described in {@code /openapi.json}.
 *
 * @param method {@code GET}, {@code PUT} ...
 * @param path with {@code {names}} for whole segments, such as {@code /api/v1/bots/{bot}}
 */
record Route(String method, String path, Access access, Doc doc, Handler handler) {
  /** Body cap of what is nothing but a token, bytes; anybody may send it. */
  static final int TINY = 64 * 1024;

  /** Body cap of chat messages and other small requests, bytes. */
  static final int SMALL = 1024 * 1024;

  /** Body cap of definitions and code, bytes. */
  static final int LARGE = 8 * 1024 * 1024;

  /**
   * What the reference says of a route.
   *
   * @param id name of the operation in generated clients; empty: not described (pages, links)
   */
  record Doc(
      String id,
      String summary,
      List<Parameter> query,
      Optional<Body> body,
      List<Answer> answers,
      List<ErrorCode> refusals) {}

  /**
   * A query parameter.
   *
   * @param schema name of a component
   */
  record Parameter(String name, String schema, String description) {}

  /**
   * @param cap bytes; more is refused
   */
  record Body(List<Media> media, boolean required, int cap) {}

  /**
   * @param schema name of a component
   */
  record Media(String type, String schema) {}

  /**
   * @param media empty where the answer has no body
   */
  record Answer(int status, String description, List<Media> media) {}

  static Route of(String method, String path, Access access, Handler handler) {
    Doc doc = new Doc("", "", List.of(), Optional.empty(), List.of(), List.of());
    return new Route(method, path, access, doc, handler);
  }

  Route described(String id, String summary) {
    return with(new Doc(id, summary, doc.query, doc.body, doc.answers, doc.refusals));
  }

  Route query(String name, String schema, String description) {
    List<Parameter> query = plus(doc.query, new Parameter(name, schema, description));
    return with(new Doc(doc.id, doc.summary, query, doc.body, doc.answers, doc.refusals));
  }

  /** The parameters of every list. */
  Route paged() {
    return query("cursor", "Cursor", "`next_cursor` of the page before")
        .query("limit", "Limit", "rows per page");
  }

  Route takes(boolean required, int cap, Media... media) {
    Optional<Body> body = Optional.of(new Body(List.of(media), required, cap));
    return with(new Doc(doc.id, doc.summary, doc.query, body, doc.answers, doc.refusals));
  }

  Route takesJson(String schema, int cap) {
    return takes(true, cap, new Media(Reply.JSON, schema));
  }

  Route answers(int status, String description, Media... media) {
    List<Answer> answers = plus(doc.answers, new Answer(status, description, List.of(media)));
    return with(new Doc(doc.id, doc.summary, doc.query, doc.body, answers, doc.refusals));
  }

  Route answersJson(String schema, String description) {
    return answers(200, description, new Media(Reply.JSON, schema));
  }

  Route refuses(ErrorCode... codes) {
    return with(
        new Doc(doc.id, doc.summary, doc.query, doc.body, doc.answers, Arrays.asList(codes)));
  }

  private Route with(Doc changed) {
    return new Route(method, path, access, changed, handler);
  }

  private static <T> List<T> plus(List<T> list, T item) {
    List<T> longer = new ArrayList<>(list);
    longer.add(item);
    return List.copyOf(longer);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
