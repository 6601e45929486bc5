package io.github.wasmspring.plugin;

import io.github.wasmspring.WasmException;
import io.github.wasmspring.WasmModuleNotFoundException;
import io.github.wasmspring.WasmVersionConflictException;
import java.util.List;
import java.util.Optional;

/**
 * Modules that are installed, replaced, rolled back and removed while the application runs, and are
 * there again after its next start. What these methods answer is on the disk: whenever the process
 * dies, the next one has either what was before a call or what is after it. Safe for use by many
 * threads; what is done to one plug-in is done one after the other.
 */
public interface WasmPlugins {

  /**
   * Adds a plug-in as a module that can be called. Its bytes are held against size, digest and
   * signature before anything else looks at them, and the module is loaded and linked before it is
   * kept.
   *
   * @throws WasmVersionConflictException if a plug-in or a module of the application has that id
   * @throws WasmException if it can't be read, is not trusted, can't be loaded or linked, or can't
   *     be stored; nothing is kept then
   */
  WasmPluginStatus install(WasmPluginRequest request);

  /**
   * Has a plug-in run other bytes. They are loaded beside what runs, which goes on if they will not
   * do; what was refused stays in the {@linkplain #history history}, without its bytes. If the
   * settings of the module ask for a canary, the plug-in is in the state {@code CANARY} until it is
   * decided. The bytes of a plug-in that is disabled are loaded when it is enabled. The same bytes
   * in the same version change nothing.
   *
   * @throws WasmModuleNotFoundException if there is no such plug-in
   * @throws WasmException as above, or if another revision is being tried
   */
  WasmPluginStatus update(WasmPluginRequest request);

  /**
   * Goes back to the revision that ran before; if another one is being tried, that is given up.
   *
   * @throws WasmModuleNotFoundException if there is no such plug-in
   * @throws WasmVersionConflictException if no revision ran before
   * @throws WasmException if it can't be loaded or linked any more, or that can't be stored
   */
  WasmPluginStatus rollBack(String id);

  /**
   * Goes back, or forward again, to a revision whose bytes are kept.
   *
   * @throws WasmVersionConflictException if there is no such revision, or its bytes are not kept
   * @throws WasmException as above
   */
  WasmPluginStatus rollBack(String id, int revision);

  /**
   * Has a plug-in that was disabled, or that failed, run again.
   *
   * @throws WasmModuleNotFoundException if there is no such plug-in
   * @throws WasmException if it can't be loaded or linked, or that can't be stored
   */
  WasmPluginStatus enable(String id);

  /**
   * Switches a plug-in off, also for later starts: calls are rejected.
   *
   * @throws WasmModuleNotFoundException if there is no such plug-in
   * @throws WasmException if that can't be stored
   */
  WasmPluginStatus disable(String id);

  /**
   * Takes a plug-in away with all its revisions. Calls that run end in peace.
   *
   * @return whether it was there
   * @throws WasmException if that can't be stored
   */
  boolean remove(String id);

  /** All plug-ins by their ids, those that could not be started among them. */
  List<WasmPluginStatus> list();

  Optional<WasmPluginStatus> find(String id);

  /**
   * The revisions of a plug-in, the newest first: those whose bytes are kept and those that were
   * refused, as many of each as the settings say.
   *
   * @throws WasmModuleNotFoundException if there is no such plug-in
   */
  List<WasmPluginRevision> history(String id);
}
