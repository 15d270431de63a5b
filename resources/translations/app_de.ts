<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>AboutDialog</name>
  <message>
   <source>About {name}</source>
   <translation>Über {name}</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>File format</source>
   <translation>Dateiformat</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Lizenz</translation>
  </message>
  <message>
   <source>Licences…</source>
   <translation>Lizenzen…</translation>
  </message>
  <message>
   <source>Logs</source>
   <translation>Protokolle</translation>
  </message>
  <message>
   <source>Projects</source>
   <translation>Projekte</translation>
  </message>
  <message>
   <source>Python</source>
   <translation>Python</translation>
  </message>
  <message>
   <source>Qt</source>
   <translation>Qt</translation>
  </message>
  <message>
   <source>SQLite</source>
   <translation>SQLite</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>System</source>
   <translation>System</translation>
  </message>
  <message>
   <source>The versions and paths are on the clipboard</source>
   <translation>Versionen und Pfade liegen in der Zwischenablage</translation>
  </message>
  <message>
   <source>Version</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>{name} {version}</source>
   <translation>{name} {version}</translation>
  </message>
 </context>
 <context>
  <name>BackupKeeper</name>
  <message>
   <source>No backup was made: {reason}</source>
   <translation>Keine Sicherung gemacht: {reason}</translation>
  </message>
  <message>
   <source>The backup is made and was looked through</source>
   <translation>Die Sicherung ist gemacht und durchgesehen</translation>
  </message>
  <message>
   <source>The last backup has all of it already</source>
   <translation>Die letzte Sicherung enthält schon alles</translation>
  </message>
 </context>
 <context>
  <name>BackupSection</name>
  <message>
   <source>Backups</source>
   <translation>Sicherungen</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Folder of backups</source>
   <translation>Ordner der Sicherungen</translation>
  </message>
  <message>
   <source>Make them when a project is closed, or while nobody works</source>
   <translation>Beim Schließen eines Projekts machen, oder wenn niemand arbeitet</translation>
  </message>
  <message>
   <source>The last three days and four weeks are kept. Best outside of folders that are synced.</source>
   <translation>Die letzten drei Tage und vier Wochen bleiben. Am besten außerhalb von Ordnern, die synchronisiert werden.</translation>
  </message>
  <message>
   <source>This is a file; name a folder</source>
   <translation>Das ist eine Datei; einen Ordner angeben</translation>
  </message>
  <message>
   <source>{name} has set this for everybody.</source>
   <translation>{name} hat das für alle festgelegt.</translation>
  </message>
 </context>
 <context>
  <name>BackupsPopover</name>
  <message>
   <source>Back up now</source>
   <translation>Jetzt sichern</translation>
  </message>
  <message>
   <source>Backups</source>
   <translation>Sicherungen</translation>
  </message>
  <message>
   <source>Every gesture is in the file as it is made, last at {time}.</source>
   <translation>Jeder Handgriff steht gleich in der Datei, zuletzt um {time}.</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>History and backups</source>
   <translation>Verlauf und Sicherungen</translation>
  </message>
  <message>
   <source>Merge from it</source>
   <translation>Daraus zusammenführen</translation>
  </message>
  <message>
   <source>None are made by themselves: that is turned off in the settings.</source>
   <translation>Von selbst werden keine gemacht: Das ist in den Einstellungen ausgeschaltet.</translation>
  </message>
  <message>
   <source>None so far. They are made when the project is closed, or while nobody works.</source>
   <translation>Bisher keine. Sie werden beim Schließen des Projekts gemacht, oder wenn niemand arbeitet.</translation>
  </message>
  <message>
   <source>Open a backup as a copy</source>
   <translation>Eine Sicherung als Kopie öffnen</translation>
  </message>
  <message>
   <source>Open as a copy…</source>
   <translation>Als Kopie öffnen…</translation>
  </message>
  <message>
   <source>Projects</source>
   <translation>Projekte</translation>
  </message>
  <message>
   <source>Save elsewhere…</source>
   <translation>Woanders speichern…</translation>
  </message>
  <message>
   <source>The project is read-only: nothing is written to it.</source>
   <translation>Das Projekt ist schreibgeschützt: Nichts wird hineingeschrieben.</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Noch einmal versuchen</translation>
  </message>
  <message>
   <source>Worked on in a copy on this machine</source>
   <translation>Bearbeitet in einer Kopie auf diesem Rechner</translation>
  </message>
  <message>
   <source>{project} as of {day}</source>
   <translation>{project} vom {day}</translation>
  </message>
 </context>
 <context>
  <name>Banner</name>
  <message>
   <source>Take over</source>
   <translation>Übernehmen</translation>
  </message>
  <message>
   <source>The project file is read-only: nothing can be changed here.</source>
   <translation>Die Projektdatei ist schreibgeschützt: Hier lässt sich nichts ändern.</translation>
  </message>
  <message>
   <source>This draft is open in another window (process {process} on {host}). What is done there shows here.</source>
   <translation>Dieser Entwurf ist in einem anderen Fenster geöffnet (Prozess {process} auf {host}). Was dort geschieht, ist hier zu sehen.</translation>
  </message>
 </context>
 <context>
  <name>BeginColumn</name>
  <message>
   <source>Begin</source>
   <translation>Beginnen</translation>
  </message>
  <message>
   <source>Drop a folder or a file</source>
   <translation>Ordner oder Datei hier ablegen</translation>
  </message>
  <message>
   <source>New project…</source>
   <translation>Neues Projekt…</translation>
  </message>
  <message>
   <source>Templates</source>
   <translation>Vorlagen</translation>
  </message>
  <message>
   <source>Try the sample</source>
   <translation>Beispiel ausprobieren</translation>
  </message>
 </context>
 <context>
  <name>BottomBar</name>
  <message>
   <source>Active {time}</source>
   <translation>Aktiv {time}</translation>
  </message>
  <message>
   <source>Done in this queue</source>
   <translation>In dieser Warteschlange erledigt</translation>
  </message>
  <message>
   <source>Flag</source>
   <translation>Melden</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Next open task</source>
   <translation>Nächste offene Aufgabe</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>Pausiert</translation>
  </message>
  <message>
   <source>Progress and ending a task</source>
   <translation>Fortschritt und Abschluss einer Aufgabe</translation>
  </message>
  <message>
   <source>Skip</source>
   <translation>Überspringen</translation>
  </message>
  <message>
   <source>Submit and next</source>
   <translation>Abgeben und weiter</translation>
  </message>
  <message>
   <source>Time on this task</source>
   <translation>Zeit an dieser Aufgabe</translation>
  </message>
  <message>
   <source>Today {count}</source>
   <translation>Heute {count}</translation>
  </message>
  <message>
   <source>of {total}</source>
   <translation>von {total}</translation>
  </message>
 </context>
 <context>
  <name>Boxes</name>
  <message>
   <source>Arrows</source>
   <translation>Pfeile</translation>
  </message>
  <message>
   <source>Change label</source>
   <translation>Label ändern</translation>
  </message>
  <message>
   <source>Click or drag selects</source>
   <translation>Klick oder Ziehen wählt aus</translation>
  </message>
  <message>
   <source>Click the other corner</source>
   <translation>Die andere Ecke anklicken</translation>
  </message>
  <message>
   <source>Copy regions first</source>
   <translation>Zuerst Regionen kopieren</translation>
  </message>
  <message>
   <source>Delete region</source>
   <translation>Region löschen</translation>
  </message>
  <message>
   <source>Delete regions</source>
   <translation>Regionen löschen</translation>
  </message>
  <message>
   <source>Drag draws</source>
   <translation>Ziehen zeichnet</translation>
  </message>
  <message>
   <source>Drag draws {label}</source>
   <translation>Ziehen zeichnet {label}</translation>
  </message>
  <message>
   <source>Duplicate regions</source>
   <translation>Regionen duplizieren</translation>
  </message>
  <message>
   <source>It must be more than 0</source>
   <translation>Es muss mehr als 0 sein</translation>
  </message>
  <message>
   <source>Move</source>
   <translation>Bewegen</translation>
  </message>
  <message>
   <source>No box is selected</source>
   <translation>Kein Rahmen ist ausgewählt</translation>
  </message>
  <message>
   <source>No region is selected</source>
   <translation>Keine Region ist ausgewählt</translation>
  </message>
  <message>
   <source>Nothing is selected</source>
   <translation>Nichts ist ausgewählt</translation>
  </message>
  <message>
   <source>Paste regions</source>
   <translation>Regionen einfügen</translation>
  </message>
  <message>
   <source>Read only</source>
   <translation>Schreibgeschützt</translation>
  </message>
  <message>
   <source>Resize</source>
   <translation>Größe ändern</translation>
  </message>
  <message>
   <source>The box would lie outside the image of {width} × {height}</source>
   <translation>Der Rahmen läge außerhalb des Bildes von {width} × {height}</translation>
  </message>
  <message>
   <source>The image is as large as it gets</source>
   <translation>Größer wird das Bild nicht</translation>
  </message>
  <message>
   <source>The image is as small as it gets</source>
   <translation>Kleiner wird das Bild nicht</translation>
  </message>
  <message>
   <source>The image is being read</source>
   <translation>Das Bild wird gelesen</translation>
  </message>
  <message>
   <source>The score is at its end</source>
   <translation>Die Grenze ist am Ende</translation>
  </message>
  <message>
   <source>The task is read only</source>
   <translation>Die Aufgabe ist schreibgeschützt</translation>
  </message>
  <message>
   <source>There are no regions</source>
   <translation>Es gibt keine Regionen</translation>
  </message>
  <message>
   <source>There is no further region</source>
   <translation>Es gibt keine weitere Region</translation>
  </message>
  <message>
   <source>There is no image</source>
   <translation>Es gibt kein Bild</translation>
  </message>
  <message>
   <source>What is selected is locked</source>
   <translation>Die Auswahl ist gesperrt</translation>
  </message>
  <message>
   <source>by keys</source>
   <translation>mit Tasten</translation>
  </message>
  <message>
   <source>draw on</source>
   <translation>weiter zeichnen</translation>
  </message>
  <message>
   <source>drop</source>
   <translation>fallen lassen</translation>
  </message>
  <message>
   <source>label</source>
   <translation>Label</translation>
  </message>
  <message>
   <source>nudge {count} px</source>
   <translation>{count} px rücken</translation>
  </message>
  <message numerus="yes">
   <source>{count} regions copied</source>
   <translation>
    <numerusform>{count} Region kopiert</numerusform>
    <numerusform>{count} Regionen kopiert</numerusform>
   </translation>
  </message>
  <message>
   <source>“{text}” is no number</source>
   <translation>„{text}“ ist keine Zahl</translation>
  </message>
 </context>
 <context>
  <name>BoxesEditor</name>
  <message>
   <source>Draw box</source>
   <translation>Rahmen zeichnen</translation>
  </message>
  <message>
   <source>H</source>
   <translation>H</translation>
  </message>
  <message>
   <source>Height</source>
   <translation>Höhe</translation>
  </message>
  <message>
   <source>Image</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Left edge</source>
   <translation>Linke Kante</translation>
  </message>
  <message>
   <source>Move</source>
   <translation>Bewegen</translation>
  </message>
  <message>
   <source>Resize</source>
   <translation>Größe ändern</translation>
  </message>
  <message>
   <source>Rotation</source>
   <translation>Drehung</translation>
  </message>
  <message>
   <source>Top edge</source>
   <translation>Obere Kante</translation>
  </message>
  <message>
   <source>W</source>
   <translation>B</translation>
  </message>
  <message>
   <source>Width</source>
   <translation>Breite</translation>
  </message>
  <message>
   <source>X</source>
   <translation>X</translation>
  </message>
  <message>
   <source>Y</source>
   <translation>Y</translation>
  </message>
  <message numerus="yes">
   <source>{count} regions</source>
   <translation>
    <numerusform>{count} Region</numerusform>
    <numerusform>{count} Regionen</numerusform>
   </translation>
  </message>
  <message>
   <source>{count} selected</source>
   <translation>{count} ausgewählt</translation>
  </message>
 </context>
 <context>
  <name>BringingUpDialog</name>
  <message>
   <source>Bringing it up to date</source>
   <translation>Es wird auf den neuen Stand gebracht</translation>
  </message>
  <message>
   <source>It is brought to the present format once. A verified copy of it as it is now stays beside it.</source>
   <translation>Es wird einmal auf das heutige Format gebracht. Eine geprüfte Kopie, wie es jetzt ist, bleibt daneben.</translation>
  </message>
  <message>
   <source>Opening an older project</source>
   <translation>Ein älteres Projekt öffnen</translation>
  </message>
 </context>
 <context>
  <name>Cells</name>
  <message>
   <source>Gold</source>
   <translation>Gold</translation>
  </message>
  <message>
   <source>In conflict</source>
   <translation>Im Konflikt</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>The content of this task is not here yet</source>
   <translation>Der Inhalt dieser Aufgabe ist noch nicht da</translation>
  </message>
 </context>
 <context>
  <name>CheatSheet</name>
  <message>
   <source>All keys</source>
   <translation>Alle Tasten</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Nothing found</source>
   <translation>Nichts gefunden</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Search keys</source>
   <translation>Tasten suchen</translation>
  </message>
  <message>
   <source>{group}, in the panel</source>
   <translation>{group}, im Panel</translation>
  </message>
  <message>
   <source>{group}, on the Data page</source>
   <translation>{group}, auf der Seite Daten</translation>
  </message>
  <message>
   <source>{group}, on the Work page</source>
   <translation>{group}, auf der Seite Arbeit</translation>
  </message>
 </context>
 <context>
  <name>ChoiceRows</name>
  <message>
   <source>Add choice</source>
   <translation>Auswahl hinzufügen</translation>
  </message>
 </context>
 <context>
  <name>Colours</name>
  <message>
   <source>Black</source>
   <translation>Schwarz</translation>
  </message>
  <message>
   <source>Blue</source>
   <translation>Blau</translation>
  </message>
  <message>
   <source>Bluish green</source>
   <translation>Blaugrün</translation>
  </message>
  <message>
   <source>Orange</source>
   <translation>Orange</translation>
  </message>
  <message>
   <source>Reddish purple</source>
   <translation>Purpur</translation>
  </message>
  <message>
   <source>Sky blue</source>
   <translation>Himmelblau</translation>
  </message>
  <message>
   <source>Vermillion</source>
   <translation>Zinnober</translation>
  </message>
  <message>
   <source>Yellow</source>
   <translation>Gelb</translation>
  </message>
 </context>
 <context>
  <name>ColumnRows</name>
  <message>
   <source>Add column</source>
   <translation>Spalte hinzufügen</translation>
  </message>
 </context>
 <context>
  <name>Columns</name>
  <message>
   <source>Ascending</source>
   <translation>Aufsteigend</translation>
  </message>
  <message>
   <source>Descending</source>
   <translation>Absteigend</translation>
  </message>
  <message>
   <source>Order of the queues</source>
   <translation>Reihenfolge der Warteschlangen</translation>
  </message>
  <message>
   <source>Sort by</source>
   <translation>Sortieren nach</translation>
  </message>
 </context>
 <context>
  <name>Commands</name>
  <message>
   <source>A text is being written</source>
   <translation>Es wird gerade Text geschrieben</translation>
  </message>
  <message>
   <source>About this program</source>
   <translation>Über dieses Programm</translation>
  </message>
  <message>
   <source>Add filter</source>
   <translation>Filter hinzufügen</translation>
  </message>
  <message>
   <source>Back up now</source>
   <translation>Jetzt sichern</translation>
  </message>
  <message>
   <source>Choose a queue</source>
   <translation>Warteschlange wählen</translation>
  </message>
  <message>
   <source>Close project</source>
   <translation>Projekt schließen</translation>
  </message>
  <message>
   <source>Compare by words or letters</source>
   <translation>Nach Wörtern oder Buchstaben vergleichen</translation>
  </message>
  <message>
   <source>Copy keys of tasks</source>
   <translation>Schlüssel der Aufgaben kopieren</translation>
  </message>
  <message>
   <source>Data</source>
   <translation>Daten</translation>
  </message>
  <message>
   <source>Decide and next</source>
   <translation>Entscheiden und weiter</translation>
  </message>
  <message>
   <source>Decision</source>
   <translation>Entscheidung</translation>
  </message>
  <message>
   <source>Everywhere</source>
   <translation>Überall</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Find a command, task or rule</source>
   <translation>Befehl, Aufgabe oder Regel finden</translation>
  </message>
  <message>
   <source>Flag…</source>
   <translation>Melden…</translation>
  </message>
  <message>
   <source>Full screen</source>
   <translation>Vollbild</translation>
  </message>
  <message>
   <source>Go to Data</source>
   <translation>Zu Daten</translation>
  </message>
  <message>
   <source>Go to Home</source>
   <translation>Zum Start</translation>
  </message>
  <message>
   <source>Go to Review</source>
   <translation>Zur Prüfung</translation>
  </message>
  <message>
   <source>Go to Work</source>
   <translation>Zur Arbeit</translation>
  </message>
  <message>
   <source>Go to hand-outs</source>
   <translation>Zu den Aufgabenpaketen</translation>
  </message>
  <message>
   <source>Go to merges</source>
   <translation>Zu den Zusammenführungen</translation>
  </message>
  <message>
   <source>Go to row</source>
   <translation>Zu Zeile gehen</translation>
  </message>
  <message>
   <source>Go to task…</source>
   <translation>Zu Aufgabe gehen…</translation>
  </message>
  <message>
   <source>Guidelines</source>
   <translation>Leitfaden</translation>
  </message>
  <message>
   <source>Hand back…</source>
   <translation>Zurückgeben…</translation>
  </message>
  <message>
   <source>Hand out the selected tasks…</source>
   <translation>Ausgewählte Aufgaben ausgeben…</translation>
  </message>
  <message>
   <source>Hand out…</source>
   <translation>Aufgaben ausgeben…</translation>
  </message>
  <message>
   <source>Help pages</source>
   <translation>Hilfeseiten</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>History and backups…</source>
   <translation>Verlauf und Sicherungen…</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>Importieren…</translation>
  </message>
  <message>
   <source>It works on the Data page</source>
   <translation>Geht auf der Seite Daten</translation>
  </message>
  <message>
   <source>It works on the Hand-outs page</source>
   <translation>Das geht auf der Seite „Aufgabenpakete“</translation>
  </message>
  <message>
   <source>Keep both</source>
   <translation>Beide behalten</translation>
  </message>
  <message>
   <source>Keep version {number}</source>
   <translation>Fassung {number} behalten</translation>
  </message>
  <message>
   <source>Label set…</source>
   <translation>Label-Satz…</translation>
  </message>
  <message>
   <source>Larger text</source>
   <translation>Größerer Text</translation>
  </message>
  <message>
   <source>Leave open</source>
   <translation>Offen lassen</translation>
  </message>
  <message>
   <source>Leave what I began elsewhere</source>
   <translation>Woanders Angefangenes liegen lassen</translation>
  </message>
  <message>
   <source>Licences</source>
   <translation>Lizenzen</translation>
  </message>
  <message>
   <source>Media folders…</source>
   <translation>Medienordner…</translation>
  </message>
  <message>
   <source>Merge a copy…</source>
   <translation>Kopie zusammenführen…</translation>
  </message>
  <message>
   <source>Merge back into the shared file</source>
   <translation>In die gemeinsame Datei zurückführen</translation>
  </message>
  <message>
   <source>Merge the copies beside this project</source>
   <translation>Die Kopien neben diesem Projekt zusammenführen</translation>
  </message>
  <message>
   <source>New project…</source>
   <translation>Neues Projekt…</translation>
  </message>
  <message>
   <source>Next conflict</source>
   <translation>Nächster Konflikt</translation>
  </message>
  <message>
   <source>Next task</source>
   <translation>Nächste Aufgabe</translation>
  </message>
  <message>
   <source>Next theme</source>
   <translation>Nächstes Farbschema</translation>
  </message>
  <message>
   <source>No hand-out is chosen</source>
   <translation>Kein Aufgabenpaket ist gewählt</translation>
  </message>
  <message>
   <source>No other copy lies beside the project</source>
   <translation>Neben dem Projekt liegt keine andere Kopie</translation>
  </message>
  <message>
   <source>No project is open</source>
   <translation>Kein Projekt ist geöffnet</translation>
  </message>
  <message>
   <source>No task in conflict is looked at</source>
   <translation>Es wird keine Aufgabe mit Konflikt angesehen</translation>
  </message>
  <message>
   <source>No task is open</source>
   <translation>Keine Aufgabe ist geöffnet</translation>
  </message>
  <message>
   <source>No task is selected</source>
   <translation>Keine Aufgabe ist ausgewählt</translation>
  </message>
  <message>
   <source>Nothing is being merged</source>
   <translation>Nichts wird zusammengeführt</translation>
  </message>
  <message>
   <source>Nothing unfinished came along for this task</source>
   <translation>Zu dieser Aufgabe kam nichts Unfertiges mit</translation>
  </message>
  <message>
   <source>Open project…</source>
   <translation>Projekt öffnen…</translation>
  </message>
  <message>
   <source>Pause or go on</source>
   <translation>Pause oder weiter</translation>
  </message>
  <message>
   <source>Previous conflict</source>
   <translation>Voriger Konflikt</translation>
  </message>
  <message>
   <source>Previous task</source>
   <translation>Vorherige Aufgabe</translation>
  </message>
  <message>
   <source>Project</source>
   <translation>Projekt</translation>
  </message>
  <message>
   <source>Questions</source>
   <translation>Fragen</translation>
  </message>
  <message>
   <source>Questions of the queue…</source>
   <translation>Fragen der Warteschlange…</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Recall a hand-out, or give it again…</source>
   <translation>Aufgabenpaket zurückrufen oder wieder geben…</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Regions</source>
   <translation>Regionen</translation>
  </message>
  <message>
   <source>Reopen to change</source>
   <translation>Zum Ändern wieder öffnen</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Prüfung</translation>
  </message>
  <message>
   <source>Save a copy…</source>
   <translation>Kopie speichern…</translation>
  </message>
  <message>
   <source>Saved views…</source>
   <translation>Gespeicherte Ansichten…</translation>
  </message>
  <message>
   <source>Search tasks</source>
   <translation>Aufgaben suchen</translation>
  </message>
  <message>
   <source>Select all tasks</source>
   <translation>Alle Aufgaben auswählen</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>Einstellungen…</translation>
  </message>
  <message>
   <source>Show all keys</source>
   <translation>Alle Tasten zeigen</translation>
  </message>
  <message>
   <source>Show or hide the inspector</source>
   <translation>Inspektor ein- oder ausblenden</translation>
  </message>
  <message>
   <source>Show the conflict</source>
   <translation>Konflikt zeigen</translation>
  </message>
  <message>
   <source>Skip…</source>
   <translation>Überspringen…</translation>
  </message>
  <message>
   <source>Smaller text</source>
   <translation>Kleinerer Text</translation>
  </message>
  <message>
   <source>Stop merging</source>
   <translation>Zusammenführen anhalten</translation>
  </message>
  <message>
   <source>Submit and next</source>
   <translation>Abgeben und weiter</translation>
  </message>
  <message>
   <source>Take over what I began elsewhere</source>
   <translation>Woanders Angefangenes übernehmen</translation>
  </message>
  <message>
   <source>Take this draft over</source>
   <translation>Diesen Entwurf übernehmen</translation>
  </message>
  <message>
   <source>The open project is no working copy</source>
   <translation>Das offene Projekt ist keine Arbeitskopie</translation>
  </message>
  <message>
   <source>The project is read-only</source>
   <translation>Das Projekt ist schreibgeschützt</translation>
  </message>
  <message>
   <source>There is no conflict to decide</source>
   <translation>Es ist kein Konflikt zu entscheiden</translation>
  </message>
  <message>
   <source>There is no task to go to</source>
   <translation>Es gibt keine Aufgabe, zu der man gehen kann</translation>
  </message>
  <message>
   <source>This file is that hand-out; whoever gave it recalls it</source>
   <translation>Diese Datei ist dieses Aufgabenpaket; zurückrufen kann es, wer es ausgegeben hat</translation>
  </message>
  <message>
   <source>This hand-out is for {person}; close it to be somebody else</source>
   <translation>Dieses Aufgabenpaket ist für {person}; es schließen, um jemand anderes zu sein</translation>
  </message>
  <message>
   <source>This is a working copy already</source>
   <translation>Das ist schon eine Arbeitskopie</translation>
  </message>
  <message>
   <source>This project is no hand-out</source>
   <translation>Dieses Projekt ist kein Aufgabenpaket</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Who I am…</source>
   <translation>Wer ich bin…</translation>
  </message>
  <message>
   <source>Work</source>
   <translation>Arbeit</translation>
  </message>
  <message>
   <source>Work in a copy</source>
   <translation>In einer Kopie arbeiten</translation>
  </message>
  <message>
   <source>Write it anew</source>
   <translation>Neu schreiben</translation>
  </message>
 </context>
 <context>
  <name>Company</name>
  <message>
   <source>{person} has this open on {host}</source>
   <translation>{person} hat das auf {host} geöffnet</translation>
  </message>
  <message>
   <source>{person} has this open on {host}, to read</source>
   <translation>{person} hat das auf {host} zum Lesen geöffnet</translation>
  </message>
  <message>
   <source>{person} works on a copy of this on {host}</source>
   <translation>{person} arbeitet auf {host} in einer Kopie davon</translation>
  </message>
 </context>
 <context>
  <name>Comparison</name>
  <message>
   <source>1 mark</source>
   <translation>1 Markierung</translation>
  </message>
  <message>
   <source>1 word</source>
   <translation>1 Wort</translation>
  </message>
  <message>
   <source>An order was given</source>
   <translation>Eine Reihenfolge wurde gegeben</translation>
  </message>
  <message>
   <source>Assistant</source>
   <translation>Assistent</translation>
  </message>
  <message>
   <source>Change label</source>
   <translation>Label ändern</translation>
  </message>
  <message>
   <source>Copy the text</source>
   <translation>Text kopieren</translation>
  </message>
  <message>
   <source>Fold the prompt</source>
   <translation>Prompt einklappen</translation>
  </message>
  <message>
   <source>How responses lie</source>
   <translation>Wie Ausgaben liegen</translation>
  </message>
  <message>
   <source>In</source>
   <translation>In</translation>
  </message>
  <message>
   <source>Long: shown as written</source>
   <translation>Lang: wie geschrieben gezeigt</translation>
  </message>
  <message>
   <source>Mark words</source>
   <translation>Wörter markieren</translation>
  </message>
  <message>
   <source>Move the end of a mark</source>
   <translation>Ende einer Markierung verschieben</translation>
  </message>
  <message>
   <source>Move the start of a mark</source>
   <translation>Anfang einer Markierung verschieben</translation>
  </message>
  <message>
   <source>No mark is selected</source>
   <translation>Keine Markierung ist ausgewählt</translation>
  </message>
  <message>
   <source>Nothing is selected</source>
   <translation>Nichts ist ausgewählt</translation>
  </message>
  <message>
   <source>One at a time</source>
   <translation>Einzeln</translation>
  </message>
  <message>
   <source>Person</source>
   <translation>Person</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <source>Rank</source>
   <translation>Rang</translation>
  </message>
  <message>
   <source>Reference {number}</source>
   <translation>Referenz {number}</translation>
  </message>
  <message>
   <source>Reference: {title}</source>
   <translation>Referenz: {title}</translation>
  </message>
  <message>
   <source>Remove mark</source>
   <translation>Markierung entfernen</translation>
  </message>
  <message>
   <source>Remove marks</source>
   <translation>Markierungen entfernen</translation>
  </message>
  <message>
   <source>Response {letter}</source>
   <translation>Ausgabe {letter}</translation>
  </message>
  <message>
   <source>Scroll together</source>
   <translation>Gemeinsam scrollen</translation>
  </message>
  <message>
   <source>Select one mark</source>
   <translation>Eine Markierung auswählen</translation>
  </message>
  <message>
   <source>Show as it is written</source>
   <translation>Zeigen, wie geschrieben</translation>
  </message>
  <message>
   <source>Show as written</source>
   <translation>Zeigen, wie geschrieben</translation>
  </message>
  <message>
   <source>Side by side</source>
   <translation>Nebeneinander</translation>
  </message>
  <message>
   <source>Stacked</source>
   <translation>Untereinander</translation>
  </message>
  <message>
   <source>System</source>
   <translation>System</translation>
  </message>
  <message>
   <source>The task is read only</source>
   <translation>Die Aufgabe ist schreibgeschützt</translation>
  </message>
  <message>
   <source>The text of this task is not here yet</source>
   <translation>Der Text dieser Aufgabe ist noch nicht da</translation>
  </message>
  <message>
   <source>There are not several responses</source>
   <translation>Es gibt nicht mehrere Ausgaben</translation>
  </message>
  <message>
   <source>There is no further mark</source>
   <translation>Es gibt keine weitere Markierung</translation>
  </message>
  <message>
   <source>There is no text</source>
   <translation>Es gibt keinen Text</translation>
  </message>
  <message>
   <source>This order has no ties</source>
   <translation>Diese Rangfolge kennt keinen Gleichstand</translation>
  </message>
  <message>
   <source>This queue asks for no order</source>
   <translation>Diese Warteschlange fragt nach keiner Rangfolge</translation>
  </message>
  <message>
   <source>Tool</source>
   <translation>Werkzeug</translation>
  </message>
  <message>
   <source>Unfold the prompt</source>
   <translation>Prompt ausklappen</translation>
  </message>
  <message>
   <source>Use a label once, then select words</source>
   <translation>Ein Label einmal verwenden, dann Wörter auswählen</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Wörter</translation>
  </message>
  <message>
   <source>as it is written</source>
   <translation>wie geschrieben</translation>
  </message>
  <message>
   <source>choose a response</source>
   <translation>Ausgabe wählen</translation>
  </message>
  <message>
   <source>done</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>give its rank</source>
   <translation>ihren Rang geben</translation>
  </message>
  <message>
   <source>join with the one above</source>
   <translation>mit der darüber gleichsetzen</translation>
  </message>
  <message>
   <source>keep this order</source>
   <translation>Reihenfolge behalten</translation>
  </message>
  <message>
   <source>leave the text</source>
   <translation>Text verlassen</translation>
  </message>
  <message>
   <source>move</source>
   <translation>bewegen</translation>
  </message>
  <message>
   <source>other marks</source>
   <translation>andere Markierungen</translation>
  </message>
  <message>
   <source>remove</source>
   <translation>entfernen</translation>
  </message>
  <message>
   <source>select words to mark</source>
   <translation>Wörter zum Markieren auswählen</translation>
  </message>
  <message>
   <source>to the prompt</source>
   <translation>zum Prompt</translation>
  </message>
  <message numerus="yes">
   <source>{count} marks</source>
   <translation>
    <numerusform>{count} Markierung</numerusform>
    <numerusform>{count} Markierungen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} words</source>
   <translation>
    <numerusform>{count} Wort</numerusform>
    <numerusform>{count} Wörter</numerusform>
   </translation>
  </message>
  <message>
   <source>{number} · {role}</source>
   <translation>{number} · {role}</translation>
  </message>
 </context>
 <context>
  <name>ConflictModel</name>
  <message>
   <source>Decided</source>
   <translation>Entschieden</translation>
  </message>
 </context>
 <context>
  <name>Conflicts</name>
  <message>
   <source>About the same</source>
   <translation>Etwa gleich</translation>
  </message>
  <message>
   <source>All of it</source>
   <translation>Das Ganze</translation>
  </message>
  <message>
   <source>Belongs to</source>
   <translation>Gehört zu</translation>
  </message>
  <message>
   <source>Both bad</source>
   <translation>Beide schlecht</translation>
  </message>
  <message>
   <source>Both good</source>
   <translation>Beide gut</translation>
  </message>
  <message>
   <source>Cannot judge</source>
   <translation>Nicht beurteilbar</translation>
  </message>
  <message>
   <source>Category</source>
   <translation>Kategorie</translation>
  </message>
  <message>
   <source>Changed and deleted</source>
   <translation>Geändert und gelöscht</translation>
  </message>
  <message>
   <source>Content</source>
   <translation>Inhalt</translation>
  </message>
  <message>
   <source>Content of a task</source>
   <translation>Inhalt einer Aufgabe</translation>
  </message>
  <message>
   <source>Deleted</source>
   <translation>Gelöscht</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>Go on after one key</source>
   <translation>Nach einer Taste weitergehen</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>Label</translation>
  </message>
  <message>
   <source>Label set: {what}</source>
   <translation>Label-Satz: {what}</translation>
  </message>
  <message>
   <source>Label {name}</source>
   <translation>Label {name}</translation>
  </message>
  <message>
   <source>Nothing that can be read</source>
   <translation>Nichts, was sich lesen lässt</translation>
  </message>
  <message>
   <source>Order</source>
   <translation>Reihenfolge</translation>
  </message>
  <message>
   <source>Panel</source>
   <translation>Panel</translation>
  </message>
  <message>
   <source>Part {name}</source>
   <translation>Teil {name}</translation>
  </message>
  <message>
   <source>People per task</source>
   <translation>Personen je Aufgabe</translation>
  </message>
  <message>
   <source>Polarity</source>
   <translation>Polarität</translation>
  </message>
  <message>
   <source>Position</source>
   <translation>Position</translation>
  </message>
  <message>
   <source>Question {name}</source>
   <translation>Frage {name}</translation>
  </message>
  <message>
   <source>Queue: {what}</source>
   <translation>Warteschlange: {what}</translation>
  </message>
  <message>
   <source>Reasons to flag</source>
   <translation>Gründe zum Melden</translation>
  </message>
  <message>
   <source>Reasons to skip</source>
   <translation>Gründe zum Überspringen</translation>
  </message>
  <message>
   <source>Several contents under one key</source>
   <translation>Mehrere Inhalte unter einem Schlüssel</translation>
  </message>
  <message>
   <source>Show predictions</source>
   <translation>Vorhersagen zeigen</translation>
  </message>
  <message>
   <source>Shuffle</source>
   <translation>Mischen</translation>
  </message>
  <message>
   <source>Speaker</source>
   <translation>Sprecher</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>Time</source>
   <translation>Zeit</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Titel</translation>
  </message>
  <message>
   <source>Two files of one name</source>
   <translation>Zwei Dateien eines Namens</translation>
  </message>
  <message>
   <source>asked of</source>
   <translation>gefragt zu</translation>
  </message>
  <message>
   <source>at least</source>
   <translation>mindestens</translation>
  </message>
  <message>
   <source>at most</source>
   <translation>höchstens</translation>
  </message>
  <message>
   <source>choices</source>
   <translation>Antworten</translation>
  </message>
  <message>
   <source>colour</source>
   <translation>Farbe</translation>
  </message>
  <message>
   <source>from {start} to {end}</source>
   <translation>von {start} nach {end}</translation>
  </message>
  <message>
   <source>key</source>
   <translation>Taste</translation>
  </message>
  <message>
   <source>kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>no</source>
   <translation>nein</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>nichts</translation>
  </message>
  <message>
   <source>required</source>
   <translation>verlangt</translation>
  </message>
  <message>
   <source>retired</source>
   <translation>stillgelegt</translation>
  </message>
  <message>
   <source>rule</source>
   <translation>Regel</translation>
  </message>
  <message>
   <source>text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>title</source>
   <translation>Titel</translation>
  </message>
  <message>
   <source>turned {angle}°</source>
   <translation>um {angle}° gedreht</translation>
  </message>
  <message>
   <source>types</source>
   <translation>Arten</translation>
  </message>
  <message>
   <source>x {x}, y {y}, {width} × {height}</source>
   <translation>x {x}, y {y}, {width} × {height}</translation>
  </message>
  <message>
   <source>yes</source>
   <translation>ja</translation>
  </message>
  <message>
   <source>{count} points within {frame}</source>
   <translation>{count} Punkte in {frame}</translation>
  </message>
  <message>
   <source>{names} and {count} more</source>
   <translation>{names} und {count} weitere</translation>
  </message>
  <message>
   <source>{name}: {value}</source>
   <translation>{name}: {value}</translation>
  </message>
  <message>
   <source>{one} and {other}</source>
   <translation>{one} und {other}</translation>
  </message>
  <message>
   <source>{question}, {part}</source>
   <translation>{question}, {part}</translation>
  </message>
  <message>
   <source>{region}, {fields}</source>
   <translation>{region}, {fields}</translation>
  </message>
  <message>
   <source>{side} is better ({strength})</source>
   <translation>{side} ist besser ({strength})</translation>
  </message>
  <message>
   <source>{start} to {end}</source>
   <translation>{start} bis {end}</translation>
  </message>
  <message>
   <source>{status}: {reason}</source>
   <translation>{status}: {reason}</translation>
  </message>
  <message>
   <source>“{text}”</source>
   <translation>„{text}“</translation>
  </message>
 </context>
 <context>
  <name>ContinueCard</name>
  <message>
   <source>1 answer</source>
   <translation>1 Antwort</translation>
  </message>
  <message>
   <source>1 prediction to look at</source>
   <translation>1 Vorhersage zum Ansehen</translation>
  </message>
  <message>
   <source>1 region</source>
   <translation>1 Region</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Continue where you left</source>
   <translation>An der letzten Stelle fortsetzen</translation>
  </message>
  <message>
   <source>Continue where you left, {time}</source>
   <translation>An der letzten Stelle fortsetzen, {time}</translation>
  </message>
  <message>
   <source>{count} answers</source>
   <translation>{count} Antworten</translation>
  </message>
  <message>
   <source>{count} predictions to look at</source>
   <translation>{count} Vorhersagen zum Ansehen</translation>
  </message>
  <message>
   <source>{count} regions</source>
   <translation>{count} Regionen</translation>
  </message>
  <message>
   <source>{queue}, task {number} of {total}</source>
   <translation>{queue}, Aufgabe {number} von {total}</translation>
  </message>
 </context>
 <context>
  <name>DataPage</name>
  <message>
   <source>Data</source>
   <translation>Daten</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Import a file or a folder: each row, text or medium becomes a task.</source>
   <translation>Eine Datei oder einen Ordner importieren: Jede Zeile, jeder Text, jedes Medium wird eine Aufgabe.</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>Importieren…</translation>
  </message>
  <message>
   <source>Its tasks stand here: search, filter, import and export.</source>
   <translation>Hier stehen seine Aufgaben: suchen, filtern, importieren und exportieren.</translation>
  </message>
  <message>
   <source>Keys copied: {count}</source>
   <translation>Kopierte Schlüssel: {count}</translation>
  </message>
  <message>
   <source>Looked at {total} tasks.</source>
   <translation>{total} Aufgaben durchgesehen.</translation>
  </message>
  <message>
   <source>New project…</source>
   <translation>Neues Projekt…</translation>
  </message>
  <message>
   <source>No project is open</source>
   <translation>Kein Projekt ist geöffnet</translation>
  </message>
  <message>
   <source>No task matches</source>
   <translation>Keine Aufgabe passt</translation>
  </message>
  <message>
   <source>No tasks so far</source>
   <translation>Noch keine Aufgaben</translation>
  </message>
  <message>
   <source>Open project…</source>
   <translation>Projekt öffnen…</translation>
  </message>
  <message>
   <source>Search tasks</source>
   <translation>Aufgaben suchen</translation>
  </message>
  <message>
   <source>Search texts, notes and answers</source>
   <translation>In Texten, Notizen und Antworten suchen</translation>
  </message>
  <message>
   <source>Show all tasks</source>
   <translation>Alle Aufgaben zeigen</translation>
  </message>
  <message>
   <source>Tasks</source>
   <translation>Aufgaben</translation>
  </message>
  <message>
   <source>The first {count} of {total} keys copied</source>
   <translation>Die ersten {count} von {total} Schlüsseln kopiert</translation>
  </message>
 </context>
 <context>
  <name>DecideBar</name>
  <message>
   <source>Decide and next</source>
   <translation>Entscheiden und weiter</translation>
  </message>
  <message>
   <source>Decided of all conflicts</source>
   <translation>Von allen Konflikten entschieden</translation>
  </message>
  <message>
   <source>Leave open</source>
   <translation>Offen lassen</translation>
  </message>
  <message>
   <source>Progress and deciding</source>
   <translation>Fortschritt und Entscheiden</translation>
  </message>
  <message>
   <source>{done} of {total} decided</source>
   <translation>{done} von {total} entschieden</translation>
  </message>
 </context>
 <context>
  <name>DecisionTab</name>
  <message numerus="yes">
   <source>And %n more places, as a version that is kept has them</source>
   <translation>
    <numerusform>Und %n weitere Stelle, wie die behaltene Fassung sie hat</numerusform>
    <numerusform>Und %n weitere Stellen, wie die behaltene Fassung sie hat</numerusform>
   </translation>
  </message>
  <message>
   <source>Decided</source>
   <translation>Entschieden</translation>
  </message>
  <message>
   <source>Decision</source>
   <translation>Entscheidung</translation>
  </message>
  <message>
   <source>Field by field</source>
   <translation>Feld für Feld</translation>
  </message>
  <message>
   <source>Kept as</source>
   <translation>Behalten als</translation>
  </message>
  <message>
   <source>Regions in conflict stay once for each version</source>
   <translation>Regionen im Konflikt bleiben je Fassung einmal</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Ergebnis</translation>
  </message>
  <message numerus="yes">
   <source>Still open: %n</source>
   <translation>
    <numerusform>Noch offen: %n</numerusform>
    <numerusform>Noch offen: %n</numerusform>
   </translation>
  </message>
  <message>
   <source>Task {number}</source>
   <translation>Aufgabe {number}</translation>
  </message>
  <message>
   <source>Why?</source>
   <translation>Warum?</translation>
  </message>
  <message>
   <source>Written anew</source>
   <translation>Neu geschrieben</translation>
  </message>
  <message>
   <source>by {name}</source>
   <translation>von {name}</translation>
  </message>
  <message>
   <source>not there</source>
   <translation>nicht vorhanden</translation>
  </message>
  <message>
   <source>{name}: not chosen yet</source>
   <translation>{name}: noch nicht gewählt</translation>
  </message>
  <message>
   <source>{name}: {value}</source>
   <translation>{name}: {value}</translation>
  </message>
  <message>
   <source>{name}: {value} (same)</source>
   <translation>{name}: {value} (gleich)</translation>
  </message>
 </context>
 <context>
  <name>Dialog</name>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
 </context>
 <context>
  <name>DraftOffer</name>
  <message>
   <source>Leave it</source>
   <translation>Liegen lassen</translation>
  </message>
  <message>
   <source>Take it over</source>
   <translation>Übernehmen</translation>
  </message>
  <message>
   <source>Take over unfinished work</source>
   <translation>Unfertiges übernehmen</translation>
  </message>
  <message>
   <source>Taken over; go on from there</source>
   <translation>Übernommen; von da aus weiter</translation>
  </message>
  <message>
   <source>Your unfinished work from another copy, {day}, 1 change</source>
   <translation>Eigene unfertige Arbeit aus einer anderen Kopie, {day}, 1 Änderung</translation>
  </message>
  <message>
   <source>Your unfinished work from another copy, {day}, {count} changes</source>
   <translation>Eigene unfertige Arbeit aus einer anderen Kopie, {day}, {count} Änderungen</translation>
  </message>
 </context>
 <context>
  <name>Dropped</name>
  <message>
   <source>a preference where there are not two responses</source>
   <translation>eine Präferenz, wo es nicht zwei Ausgaben gibt</translation>
  </message>
  <message>
   <source>a tie: both bad</source>
   <translation>Gleichstand: beide schlecht</translation>
  </message>
  <message>
   <source>a tie: both good</source>
   <translation>Gleichstand: beide gut</translation>
  </message>
  <message>
   <source>about the same: no preference</source>
   <translation>etwa gleich: keine Präferenz</translation>
  </message>
  <message>
   <source>another task has the same name in the files</source>
   <translation>eine andere Aufgabe heißt in den Dateien ebenso</translation>
  </message>
  <message>
   <source>answers: the format has no room for them</source>
   <translation>Antworten: Das Format hat keinen Platz dafür</translation>
  </message>
  <message>
   <source>attributes: the format has no room for them</source>
   <translation>Attribute: Das Format hat keinen Platz dafür</translation>
  </message>
  <message>
   <source>boxes that were rounded to whole pixels</source>
   <translation>Rahmen, die auf ganze Pixel gerundet wurden</translation>
  </message>
  <message>
   <source>could not be judged</source>
   <translation>nicht beurteilbar</translation>
  </message>
  <message>
   <source>fields of messages besides role and content</source>
   <translation>Felder von Nachrichten außer Rolle und Inhalt</translation>
  </message>
  <message>
   <source>further parts and holes of polygons</source>
   <translation>weitere Teile und Löcher von Polygonen</translation>
  </message>
  <message>
   <source>gold: the format has no room for it</source>
   <translation>Gold: Das Format hat keinen Platz dafür</translation>
  </message>
  <message>
   <source>holes of polygons, the image’s size being unknown</source>
   <translation>Löcher von Polygonen, da die Größe des Bildes unbekannt ist</translation>
  </message>
  <message>
   <source>in conflict, to be settled first</source>
   <translation>im Konflikt, zuerst zu klären</translation>
  </message>
  <message>
   <source>its content cannot be read</source>
   <translation>Inhalt nicht lesbar</translation>
  </message>
  <message>
   <source>its content is not here</source>
   <translation>Inhalt nicht da</translation>
  </message>
  <message>
   <source>its value cannot be read</source>
   <translation>Wert nicht lesbar</translation>
  </message>
  <message>
   <source>masks that were cut at the image’s edge</source>
   <translation>Masken, die am Bildrand abgeschnitten wurden</translation>
  </message>
  <message>
   <source>masks, of which the bounding box was written</source>
   <translation>Masken, von denen der umschließende Rahmen geschrieben wurde</translation>
  </message>
  <message>
   <source>masks: the format has no room for them</source>
   <translation>Masken: Das Format hat keinen Platz dafür</translation>
  </message>
  <message>
   <source>nobody has labelled it</source>
   <translation>niemand hat es bearbeitet</translation>
  </message>
  <message>
   <source>not submitted: {status}</source>
   <translation>nicht abgegeben: {status}</translation>
  </message>
  <message>
   <source>pairs of equal texts</source>
   <translation>Paare gleicher Texte</translation>
  </message>
  <message>
   <source>pairs that share a rank</source>
   <translation>Paare mit gleichem Rang</translation>
  </message>
  <message>
   <source>pairs with a response that was not ranked</source>
   <translation>Paare mit einer Ausgabe ohne Rang</translation>
  </message>
  <message>
   <source>points, of which the bounding box was written</source>
   <translation>Punkte, von denen der umschließende Rahmen geschrieben wurde</translation>
  </message>
  <message>
   <source>points: the format has no room for them</source>
   <translation>Punkte: Das Format hat keinen Platz dafür</translation>
  </message>
  <message>
   <source>polygons with a hole, written as masks</source>
   <translation>Polygone mit Loch, als Masken geschrieben</translation>
  </message>
  <message>
   <source>polygons, of which the bounding box was written</source>
   <translation>Polygone, von denen der umschließende Rahmen geschrieben wurde</translation>
  </message>
  <message>
   <source>polygons: the format has no room for them</source>
   <translation>Polygone: Das Format hat keinen Platz dafür</translation>
  </message>
  <message>
   <source>predictions: the format has no room for them</source>
   <translation>Vorhersagen: Das Format hat keinen Platz dafür</translation>
  </message>
  <message>
   <source>regions of another panel</source>
   <translation>Regionen eines anderen Panels</translation>
  </message>
  <message>
   <source>regions outside the image</source>
   <translation>Regionen außerhalb des Bildes</translation>
  </message>
  <message>
   <source>regions that were cut at the image’s edge</source>
   <translation>Regionen, die am Bildrand abgeschnitten wurden</translation>
  </message>
  <message>
   <source>regions without a label</source>
   <translation>Regionen ohne Label</translation>
  </message>
  <message>
   <source>regions: the format has no room for them</source>
   <translation>Regionen: Das Format hat keinen Platz dafür</translation>
  </message>
  <message>
   <source>relations: the format has no room for them</source>
   <translation>Beziehungen: Das Format hat keinen Platz dafür</translation>
  </message>
  <message>
   <source>rotated boxes, of which the upright one was written</source>
   <translation>gedrehte Rahmen, von denen der aufrechte geschrieben wurde</translation>
  </message>
  <message>
   <source>rotated boxes: the format has no room for them</source>
   <translation>gedrehte Rahmen: Das Format hat keinen Platz dafür</translation>
  </message>
  <message>
   <source>the image is not within reach, its annotations were written</source>
   <translation>das Bild ist nicht erreichbar, seine Annotationen wurden geschrieben</translation>
  </message>
  <message>
   <source>the question has no answer</source>
   <translation>die Frage hat keine Antwort</translation>
  </message>
  <message>
   <source>the size of the image is not known</source>
   <translation>die Größe des Bildes ist nicht bekannt</translation>
  </message>
  <message>
   <source>written as displayed; who ignores EXIF sees the image turned</source>
   <translation>geschrieben wie gezeigt; wer EXIF übergeht, sieht das Bild gedreht</translation>
  </message>
 </context>
 <context>
  <name>EmptyPage</name>
  <message>
   <source>Choose another queue</source>
   <translation>Andere Warteschlange wählen</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Enter</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Go to Home</source>
   <translation>Zum Start</translation>
  </message>
  <message>
   <source>Hand back…</source>
   <translation>Zurückgeben…</translation>
  </message>
  <message>
   <source>Import files to make tasks of them.</source>
   <translation>Dateien importieren, um Aufgaben daraus zu machen.</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>Importieren…</translation>
  </message>
  <message>
   <source>Look at the tasks</source>
   <translation>Aufgaben ansehen</translation>
  </message>
  <message>
   <source>No project is open</source>
   <translation>Kein Projekt ist geöffnet</translation>
  </message>
  <message>
   <source>No tasks in {queue} so far</source>
   <translation>Noch keine Aufgaben in {queue}</translation>
  </message>
  <message>
   <source>No tasks open to you in {queue}</source>
   <translation>In {queue} ist keine Aufgabe mehr offen</translation>
  </message>
  <message>
   <source>Open one, or begin a new one on the Home page.</source>
   <translation>Eines öffnen oder auf der Seite Start ein neues beginnen.</translation>
  </message>
  <message>
   <source>Open project…</source>
   <translation>Projekt öffnen…</translation>
  </message>
  <message>
   <source>{count} came back from review.</source>
   <translation>{count} aus der Prüfung zurück.</translation>
  </message>
  <message>
   <source>{count} flagged.</source>
   <translation>{count} gemeldet.</translation>
  </message>
  <message>
   <source>{count} skipped.</source>
   <translation>{count} übersprungen.</translation>
  </message>
  <message>
   <source>{count} wait for their content.</source>
   <translation>{count} warten auf ihren Inhalt.</translation>
  </message>
  <message>
   <source>{done} of {total} tasks are done.</source>
   <translation>{done} von {total} Aufgaben sind erledigt.</translation>
  </message>
  <message>
   <source>{queue} has {count} tasks open</source>
   <translation>{queue} hat {count} offene Aufgaben</translation>
  </message>
 </context>
 <context>
  <name>ErrandDialog</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Copy report</source>
   <translation>Bericht kopieren</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
 </context>
 <context>
  <name>ErrandRow</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Stopping</source>
   <translation>Wird angehalten</translation>
  </message>
  <message>
   <source>{percent} %</source>
   <translation>{percent} %</translation>
  </message>
 </context>
 <context>
  <name>ErrorCard</name>
  <message>
   <source>Copy report</source>
   <translation>Bericht kopieren</translation>
  </message>
  <message>
   <source>Open again</source>
   <translation>Erneut öffnen</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>Bericht</translation>
  </message>
  <message>
   <source>Turn panel off</source>
   <translation>Panel ausschalten</translation>
  </message>
 </context>
 <context>
  <name>ExportDialog</name>
  <message>
   <source>Accepted work</source>
   <translation>Angenommene Arbeit</translation>
  </message>
  <message>
   <source>By</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>Consensus</source>
   <translation>Konsens</translation>
  </message>
  <message>
   <source>Everybody</source>
   <translation>Allen</translation>
  </message>
  <message>
   <source>Everything</source>
   <translation>Alles</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportieren</translation>
  </message>
  <message>
   <source>Export more…</source>
   <translation>Mehr exportieren…</translation>
  </message>
  <message>
   <source>Export to</source>
   <translation>Exportieren nach</translation>
  </message>
  <message>
   <source>Exporting {queue}</source>
   <translation>{queue} wird exportiert</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Gold</source>
   <translation>Gold</translation>
  </message>
  <message>
   <source>Left out</source>
   <translation>Ausgelassen</translation>
  </message>
  <message>
   <source>Loses nothing: to move work between projects.</source>
   <translation>Verliert nichts: um Arbeit zwischen Projekten zu bewegen.</translation>
  </message>
  <message>
   <source>No task has a value of this kind; the file is empty.</source>
   <translation>Keine Aufgabe hat einen solchen Wert; die Datei ist leer.</translation>
  </message>
  <message>
   <source>Nothing was exported</source>
   <translation>Nichts wurde exportiert</translation>
  </message>
  <message>
   <source>Predictions</source>
   <translation>Vorhersagen</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>Warteschlange</translation>
  </message>
  <message>
   <source>Stopped; nothing was written</source>
   <translation>Angehalten; nichts wurde geschrieben</translation>
  </message>
  <message>
   <source>Submitted and accepted work</source>
   <translation>Abgegebene und angenommene Arbeit</translation>
  </message>
  <message>
   <source>The task has the work of {count} people and this format holds one; choose a person under “By”, or other values.</source>
   <translation>An der Aufgabe haben {count} Personen gearbeitet, und dieses Format fasst eine; unter „Von“ eine Person wählen, oder andere Werte.</translation>
  </message>
  <message>
   <source>This format has no room for: {what}.</source>
   <translation>Dieses Format hat keinen Platz für: {what}.</translation>
  </message>
  <message>
   <source>Values</source>
   <translation>Werte</translation>
  </message>
  <message>
   <source>and {count} more files</source>
   <translation>und {count} weitere Dateien</translation>
  </message>
  <message>
   <source>{name}, a model</source>
   <translation>{name}, ein Modell</translation>
  </message>
  <message>
   <source>{tasks} and {values} exported</source>
   <translation>{tasks} und {values} exportiert</translation>
  </message>
 </context>
 <context>
  <name>Fields</name>
  <message>
   <source>Changed</source>
   <translation>Geändert</translation>
  </message>
  <message>
   <source>Column of the source…</source>
   <translation>Spalte der Quelle…</translation>
  </message>
  <message>
   <source>In conflict</source>
   <translation>Im Konflikt</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Schlüssel</translation>
  </message>
  <message>
   <source>Label</source>
   <translation>Label</translation>
  </message>
  <message>
   <source>No</source>
   <translation>Nein</translation>
  </message>
  <message>
   <source>People</source>
   <translation>Personen</translation>
  </message>
  <message>
   <source>Person</source>
   <translation>Person</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>Warteschlange</translation>
  </message>
  <message>
   <source>Seen by a model</source>
   <translation>Von einem Modell gesehen</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Yes</source>
   <translation>Ja</translation>
  </message>
  <message>
   <source>after {value}</source>
   <translation>nach {value}</translation>
  </message>
  <message>
   <source>at least</source>
   <translation>mindestens</translation>
  </message>
  <message>
   <source>at most</source>
   <translation>höchstens</translation>
  </message>
  <message>
   <source>before</source>
   <translation>vor</translation>
  </message>
  <message>
   <source>before {value}</source>
   <translation>vor {value}</translation>
  </message>
  <message>
   <source>is</source>
   <translation>ist</translation>
  </message>
  <message>
   <source>is not</source>
   <translation>ist nicht</translation>
  </message>
  <message>
   <source>less than {value}</source>
   <translation>weniger als {value}</translation>
  </message>
  <message>
   <source>more than {value}</source>
   <translation>mehr als {value}</translation>
  </message>
  <message>
   <source>not {value}</source>
   <translation>nicht {value}</translation>
  </message>
  <message>
   <source>on</source>
   <translation>am</translation>
  </message>
  <message>
   <source>since</source>
   <translation>seit</translation>
  </message>
  <message>
   <source>since {value}</source>
   <translation>seit {value}</translation>
  </message>
  <message>
   <source>up to {value}</source>
   <translation>bis {value}</translation>
  </message>
  <message>
   <source>{value} or less</source>
   <translation>{value} oder weniger</translation>
  </message>
  <message>
   <source>{value} or more</source>
   <translation>{value} oder mehr</translation>
  </message>
 </context>
 <context>
  <name>Figures</name>
  <message>
   <source>1 row</source>
   <translation>1 Zeile</translation>
  </message>
  <message>
   <source>1 task</source>
   <translation>1 Aufgabe</translation>
  </message>
  <message>
   <source>1 value</source>
   <translation>1 Wert</translation>
  </message>
  <message>
   <source>{count} rows</source>
   <translation>{count} Zeilen</translation>
  </message>
  <message>
   <source>{count} tasks</source>
   <translation>{count} Aufgaben</translation>
  </message>
  <message>
   <source>{count} values</source>
   <translation>{count} Werte</translation>
  </message>
 </context>
 <context>
  <name>FilterBar</name>
  <message>
   <source>Add filter</source>
   <translation>Filter hinzufügen</translation>
  </message>
  <message>
   <source>Columns and order</source>
   <translation>Spalten und Reihenfolge</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Views</source>
   <translation>Ansichten</translation>
  </message>
  <message>
   <source>found before it was stopped</source>
   <translation>gefunden, bevor angehalten wurde</translation>
  </message>
  <message>
   <source>in all</source>
   <translation>insgesamt</translation>
  </message>
  <message>
   <source>of {total} tasks, in {time} ms</source>
   <translation>von {total} Aufgaben, in {time} ms</translation>
  </message>
  <message>
   <source>so far, {scanned} of {total} tasks looked at</source>
   <translation>bisher, {scanned} von {total} Aufgaben durchgesehen</translation>
  </message>
 </context>
 <context>
  <name>FilterPopover</name>
  <message>
   <source>2026-05-01, 2026-05 or today</source>
   <translation>2026-05-01, 2026-05 oder today</translation>
  </message>
  <message>
   <source>A number</source>
   <translation>Eine Zahl</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>Hinzufügen</translation>
  </message>
  <message>
   <source>Add filter</source>
   <translation>Filter hinzufügen</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Ändern</translation>
  </message>
  <message>
   <source>Change filter</source>
   <translation>Filter ändern</translation>
  </message>
  <message>
   <source>Comparison</source>
   <translation>Vergleich</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Enter</translation>
  </message>
  <message>
   <source>Field</source>
   <translation>Feld</translation>
  </message>
  <message>
   <source>Name of the column</source>
   <translation>Name der Spalte</translation>
  </message>
  <message>
   <source>Name the column</source>
   <translation>Die Spalte nennen</translation>
  </message>
  <message>
   <source>Say a value</source>
   <translation>Einen Wert angeben</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>Write a day, like 2026-05-01, 2026-05 or today</source>
   <translation>Einen Tag eingeben, wie 2026-05-01, 2026-05 oder today</translation>
  </message>
  <message>
   <source>Write a number, like 2</source>
   <translation>Eine Zahl eingeben, wie 2</translation>
  </message>
 </context>
 <context>
  <name>FindBar</name>
  <message>
   <source>Find words</source>
   <translation>Wörter finden</translation>
  </message>
  <message>
   <source>Not found</source>
   <translation>Nicht gefunden</translation>
  </message>
  <message>
   <source>The next place</source>
   <translation>Die nächste Stelle</translation>
  </message>
  <message>
   <source>The place before</source>
   <translation>Die Stelle davor</translation>
  </message>
  <message>
   <source>{number} of {count}</source>
   <translation>{number} von {count}</translation>
  </message>
 </context>
 <context>
  <name>Flow</name>
  <message>
   <source>Complete</source>
   <translation>Abschließen</translation>
  </message>
  <message>
   <source>This task stays here until it can be saved</source>
   <translation>Diese Aufgabe bleibt hier, bis sie gespeichert werden kann</translation>
  </message>
 </context>
 <context>
  <name>Footer</name>
  <message>
   <source>Go to row</source>
   <translation>Zu Zeile gehen</translation>
  </message>
  <message>
   <source>Rows {first} to {last}</source>
   <translation>Zeilen {first} bis {last}</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>Leertaste</translation>
  </message>
  <message>
   <source>Type a number from 1 to {last}</source>
   <translation>Eine Zahl von 1 bis {last} eingeben</translation>
  </message>
  <message>
   <source>go to row</source>
   <translation>zu Zeile gehen</translation>
  </message>
  <message>
   <source>open</source>
   <translation>öffnen</translation>
  </message>
  <message>
   <source>select</source>
   <translation>auswählen</translation>
  </message>
 </context>
 <context>
  <name>Form</name>
  <message>
   <source>Add a row</source>
   <translation>Eine Zeile hinzufügen</translation>
  </message>
  <message>
   <source>Answer “{question}”</source>
   <translation>„{question}“ beantworten</translation>
  </message>
  <message>
   <source>Assistant</source>
   <translation>Assistent</translation>
  </message>
  <message>
   <source>Choose a point from {low} to {high} in steps of {step}</source>
   <translation>Einen Punkt von {low} bis {high} in Schritten von {step} wählen</translation>
  </message>
  <message>
   <source>Choose a point on the scale</source>
   <translation>Einen Punkt auf der Skala wählen</translation>
  </message>
  <message>
   <source>Choose at least one answer</source>
   <translation>Mindestens eine Antwort wählen</translation>
  </message>
  <message>
   <source>Choose at least {wanted}; {count} chosen</source>
   <translation>Mindestens {wanted} wählen; {count} gewählt</translation>
  </message>
  <message>
   <source>Choose at most {wanted}; {count} chosen</source>
   <translation>Höchstens {wanted} wählen; {count} gewählt</translation>
  </message>
  <message>
   <source>Choose one answer</source>
   <translation>Eine Antwort wählen</translation>
  </message>
  <message>
   <source>Clear “{question}”</source>
   <translation>Antwort auf „{question}“ löschen</translation>
  </message>
  <message>
   <source>Enter a number</source>
   <translation>Eine Zahl eingeben</translation>
  </message>
  <message>
   <source>Enter a number from {low} to {high}</source>
   <translation>Eine Zahl von {low} bis {high} eingeben</translation>
  </message>
  <message>
   <source>Enter a whole number</source>
   <translation>Eine ganze Zahl eingeben</translation>
  </message>
  <message>
   <source>Enter {high} or less</source>
   <translation>{high} oder weniger eingeben</translation>
  </message>
  <message>
   <source>Enter {low} or more</source>
   <translation>{low} oder mehr eingeben</translation>
  </message>
  <message>
   <source>File {number}</source>
   <translation>Datei {number}</translation>
  </message>
  <message>
   <source>Give at least {wanted} rows; {count} given</source>
   <translation>Mindestens {wanted} Zeilen angeben; {count} angegeben</translation>
  </message>
  <message>
   <source>Give at most {wanted} rows; {count} given</source>
   <translation>Höchstens {wanted} Zeilen angeben; {count} angegeben</translation>
  </message>
  <message>
   <source>Image {number}</source>
   <translation>Bild {number}</translation>
  </message>
  <message>
   <source>Person</source>
   <translation>Person</translation>
  </message>
  <message>
   <source>Put them in order, or confirm the order shown</source>
   <translation>Ordnen oder die gezeigte Reihenfolge bestätigen</translation>
  </message>
  <message>
   <source>Recording {number}</source>
   <translation>Aufnahme {number}</translation>
  </message>
  <message>
   <source>Reference {number}</source>
   <translation>Referenz {number}</translation>
  </message>
  <message>
   <source>Response {letter}</source>
   <translation>Ausgabe {letter}</translation>
  </message>
  <message>
   <source>Result {number}</source>
   <translation>Ergebnis {number}</translation>
  </message>
  <message>
   <source>Row {row}: fill in “{column}”</source>
   <translation>Zeile {row}: „{column}“ ausfüllen</translation>
  </message>
  <message>
   <source>System</source>
   <translation>System</translation>
  </message>
  <message>
   <source>Text {number}</source>
   <translation>Text {number}</translation>
  </message>
  <message>
   <source>The answer stored here does not fit the question: give it again</source>
   <translation>Die hier gespeicherte Antwort passt nicht zur Frage: neu beantworten</translation>
  </message>
  <message>
   <source>This order has no ties: give each its own rank</source>
   <translation>Diese Rangfolge kennt keinen Gleichstand: jedem einen eigenen Rang geben</translation>
  </message>
  <message>
   <source>Turn {number}</source>
   <translation>Beitrag {number}</translation>
  </message>
  <message>
   <source>Write a message</source>
   <translation>Eine Nachricht schreiben</translation>
  </message>
  <message>
   <source>Write an answer</source>
   <translation>Eine Antwort schreiben</translation>
  </message>
  <message>
   <source>Write at least {wanted} characters; {count} written</source>
   <translation>Mindestens {wanted} Zeichen schreiben; {count} geschrieben</translation>
  </message>
  <message>
   <source>Write at least {wanted} messages; {count} written</source>
   <translation>Mindestens {wanted} Nachrichten schreiben; {count} geschrieben</translation>
  </message>
  <message>
   <source>Write at most {wanted} characters; {count} written</source>
   <translation>Höchstens {wanted} Zeichen schreiben; {count} geschrieben</translation>
  </message>
 </context>
 <context>
  <name>Format</name>
  <message>
   <source>Everything, as this program exports it</source>
   <translation>Alles, wie dieses Programm es exportiert</translation>
  </message>
 </context>
 <context>
  <name>GeneralPage</name>
  <message>
   <source>Appearance</source>
   <translation>Darstellung</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>Change…</source>
   <translation>Ändern…</translation>
  </message>
  <message>
   <source>Compact</source>
   <translation>Kompakt</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>Density</source>
   <translation>Dichte</translation>
  </message>
  <message>
   <source>High contrast</source>
   <translation>Hoher Kontrast</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Motion</source>
   <translation>Bewegung</translation>
  </message>
  <message>
   <source>Nobody has said so yet.</source>
   <translation>Das hat noch niemand gesagt.</translation>
  </message>
  <message>
   <source>Normal</source>
   <translation>Normal</translation>
  </message>
  <message>
   <source>Nothing fades</source>
   <translation>Nichts blendet über</translation>
  </message>
  <message>
   <source>System</source>
   <translation>System</translation>
  </message>
  <message>
   <source>Text size</source>
   <translation>Textgröße</translation>
  </message>
  <message>
   <source>The language changes when the program starts again.</source>
   <translation>Die Sprache wechselt beim nächsten Start des Programms.</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Farbschema</translation>
  </message>
  <message>
   <source>Who I am</source>
   <translation>Wer ich bin</translation>
  </message>
  <message>
   <source>Work is signed {handle}</source>
   <translation>Arbeit wird mit {handle} gezeichnet</translation>
  </message>
  <message>
   <source>{larger} and {smaller} change the text size on every page.</source>
   <translation>{larger} und {smaller} ändern die Textgröße auf jeder Seite.</translation>
  </message>
  <message>
   <source>{name}, whose work is signed {handle}</source>
   <translation>{name}, zeichnet die Arbeit mit {handle}</translation>
  </message>
 </context>
 <context>
  <name>GiveBack</name>
  <message>
   <source>Merged back into {name}</source>
   <translation>In {name} zurückgeführt</translation>
  </message>
  <message>
   <source>The shared file has all of it already</source>
   <translation>In der gemeinsamen Datei ist schon alles</translation>
  </message>
 </context>
 <context>
  <name>GoToPopover</name>
  <message>
   <source>A number from 1 to {total}, or a key</source>
   <translation>Eine Zahl von 1 bis {total} oder ein Schlüssel</translation>
  </message>
  <message>
   <source>Go to task</source>
   <translation>Zu Aufgabe gehen</translation>
  </message>
  <message>
   <source>No task found</source>
   <translation>Keine Aufgabe gefunden</translation>
  </message>
  <message>
   <source>Number or key</source>
   <translation>Nummer oder Schlüssel</translation>
  </message>
  <message>
   <source>Task {number}</source>
   <translation>Aufgabe {number}</translation>
  </message>
 </context>
 <context>
  <name>Grip</name>
  <message>
   <source>Left and right arrows change it</source>
   <translation>Pfeil links und rechts ändern sie</translation>
  </message>
  <message>
   <source>Width of the inspector</source>
   <translation>Breite des Inspektors</translation>
  </message>
 </context>
 <context>
  <name>GuidelineView</name>
  <message>
   <source>Back to {place}</source>
   <translation>Zurück zu {place}</translation>
  </message>
  <message>
   <source>Copy as citation</source>
   <translation>Als Zitat kopieren</translation>
  </message>
  <message>
   <source>Guideline</source>
   <translation>Leitfaden</translation>
  </message>
  <message>
   <source>Next match</source>
   <translation>Nächste Fundstelle</translation>
  </message>
  <message>
   <source>Next rule</source>
   <translation>Nächste Regel</translation>
  </message>
  <message>
   <source>Not found</source>
   <translation>Nicht gefunden</translation>
  </message>
  <message>
   <source>Previous match</source>
   <translation>Vorherige Fundstelle</translation>
  </message>
  <message>
   <source>Previous rule</source>
   <translation>Vorherige Regel</translation>
  </message>
  <message>
   <source>Search the guideline</source>
   <translation>Leitfaden durchsuchen</translation>
  </message>
  <message>
   <source>the beginning</source>
   <translation>Anfang</translation>
  </message>
  <message>
   <source>{at} of {count}</source>
   <translation>{at} von {count}</translation>
  </message>
 </context>
 <context>
  <name>HandBackDialog</name>
  <message>
   <source>Hand back</source>
   <translation>Zurückgeben</translation>
  </message>
  <message>
   <source>Send a copy to {person}: all work and every draft is in it. What is not done can be done and handed back later, as often as needed. When the project is closed, this very file can be sent instead.</source>
   <translation>Eine Kopie an {person} senden: Alle Arbeit und jeder Entwurf ist darin. Was noch fehlt, lässt sich später erledigen und zurückgeben, so oft wie nötig. Bei geschlossenem Projekt kann stattdessen genau diese Datei gesendet werden.</translation>
  </message>
  <message>
   <source>Show this file</source>
   <translation>Diese Datei zeigen</translation>
  </message>
  <message>
   <source>whoever handed it out</source>
   <translation>wer es ausgegeben hat</translation>
  </message>
 </context>
 <context>
  <name>HandOut</name>
  <message>
   <source>There is no task to hand out so far</source>
   <translation>Bisher gibt es keine Aufgabe zum Ausgeben</translation>
  </message>
 </context>
 <context>
  <name>HandOutDialog</name>
  <message>
   <source>As others know them</source>
   <translation>Wie andere sie kennen</translation>
  </message>
  <message>
   <source>Due (left empty: none)</source>
   <translation>Fällig (leer: nie)</translation>
  </message>
  <message>
   <source>For</source>
   <translation>Für</translation>
  </message>
  <message>
   <source>Hand out</source>
   <translation>Ausgeben</translation>
  </message>
  <message>
   <source>Hand out more…</source>
   <translation>Weitere ausgeben…</translation>
  </message>
  <message>
   <source>Hand out to</source>
   <translation>Ausgeben nach</translation>
  </message>
  <message>
   <source>Handing out to {person}</source>
   <translation>Ausgeben an {person}</translation>
  </message>
  <message>
   <source>Handle</source>
   <translation>Kürzel</translation>
  </message>
  <message>
   <source>How many</source>
   <translation>Wie viele</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>No gold, no reviews and nothing others did: in no corner of the file.</source>
   <translation>Kein Gold, keine Prüfungen und nichts von anderen: in keinem Winkel der Datei.</translation>
  </message>
  <message>
   <source>No task can go out</source>
   <translation>Keine Aufgabe kann ausgegeben werden</translation>
  </message>
  <message>
   <source>Nothing was handed out</source>
   <translation>Nichts wurde ausgegeben</translation>
  </message>
  <message>
   <source>Projects</source>
   <translation>Projekte</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>Warteschlange</translation>
  </message>
  <message>
   <source>Send this file. What comes back is merged, as often as it comes.</source>
   <translation>Diese Datei senden. Was zurückkommt, wird zusammengeführt, so oft es kommt.</translation>
  </message>
  <message>
   <source>Somebody new…</source>
   <translation>Jemand Neues…</translation>
  </message>
  <message>
   <source>Stopped; nothing was handed out</source>
   <translation>Angehalten; nichts wurde ausgegeben</translation>
  </message>
  <message>
   <source>The next free ones</source>
   <translation>Die nächsten freien</translation>
  </message>
  <message>
   <source>They are with others, or the person has done them.</source>
   <translation>Sie sind bei anderen, oder die Person hat sie schon erledigt.</translation>
  </message>
  <message>
   <source>This day is over; type a later one</source>
   <translation>Dieser Tag ist vorbei; einen späteren eingeben</translation>
  </message>
  <message>
   <source>Those selected in Data: {count}</source>
   <translation>In Daten ausgewählte: {count}</translation>
  </message>
  <message>
   <source>Those the filter in Data shows: {count}</source>
   <translation>Vom Filter in Daten gezeigte: {count}</translation>
  </message>
  <message>
   <source>Type a day as year-month-day, like 2027-01-31</source>
   <translation>Einen Tag als Jahr-Monat-Tag eingeben, wie 2027-01-31</translation>
  </message>
  <message>
   <source>Type a handle, like anna</source>
   <translation>Ein Kürzel eingeben, wie anna</translation>
  </message>
  <message>
   <source>Type how many, like 50</source>
   <translation>Eine Anzahl eingeben, wie 50</translation>
  </message>
  <message>
   <source>What signs their work</source>
   <translation>Womit ihre Arbeit signiert wird</translation>
  </message>
  <message>
   <source>Which tasks</source>
   <translation>Welche Aufgaben</translation>
  </message>
  <message>
   <source>{count} media go along in the file, about {size}.</source>
   <translation>{count} Medien kommen in der Datei mit, etwa {size}.</translation>
  </message>
  <message>
   <source>{count} of those chosen stay: others have them, or they are done.</source>
   <translation>{count} der gewählten bleiben hier: Andere haben sie, oder sie sind erledigt.</translation>
  </message>
  <message>
   <source>{project} for {person}</source>
   <translation>{project} für {person}</translation>
  </message>
  <message>
   <source>{tasks} handed out to {person}</source>
   <translation>{tasks} an {person} ausgegeben</translation>
  </message>
  <message>
   <source>{tasks} with guideline and labels</source>
   <translation>{tasks} mit Leitfaden und Labels</translation>
  </message>
 </context>
 <context>
  <name>HandoutCard</name>
  <message>
   <source>Done</source>
   <translation>Erledigt</translation>
  </message>
  <message>
   <source>Hand back…</source>
   <translation>Zurückgeben…</translation>
  </message>
  <message>
   <source>Handed out to you by {giver}</source>
   <translation>Ausgegeben von {giver}</translation>
  </message>
  <message>
   <source>Handed out to {person} by {giver}</source>
   <translation>An {person} ausgegeben von {giver}</translation>
  </message>
  <message>
   <source>Overdue</source>
   <translation>Überfällig</translation>
  </message>
  <message>
   <source>due {day}</source>
   <translation>fällig am {day}</translation>
  </message>
  <message>
   <source>somebody</source>
   <translation>jemandem</translation>
  </message>
 </context>
 <context>
  <name>HandoutDetail</name>
  <message>
   <source>All</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>All hand-outs</source>
   <translation>Alle Aufgabenpakete</translation>
  </message>
  <message>
   <source>Drafts</source>
   <translation>Entwürfe</translation>
  </message>
  <message>
   <source>Handed back</source>
   <translation>Zurückgegeben</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Task</source>
   <translation>Aufgabe</translation>
  </message>
  <message>
   <source>Tasks of the hand-out</source>
   <translation>Aufgaben des Pakets</translation>
  </message>
  <message>
   <source>This task is not in this file</source>
   <translation>Diese Aufgabe ist nicht in dieser Datei</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>Offen</translation>
  </message>
  <message>
   <source>Which tasks</source>
   <translation>Welche Aufgaben</translation>
  </message>
  <message>
   <source>{person}: {far}</source>
   <translation>{person}: {far}</translation>
  </message>
 </context>
 <context>
  <name>Handouts</name>
  <message>
   <source>Draft</source>
   <translation>Entwurf</translation>
  </message>
  <message>
   <source>Handed back</source>
   <translation>Zurückgegeben</translation>
  </message>
  <message>
   <source>Overdue</source>
   <translation>Überfällig</translation>
  </message>
  <message>
   <source>Recalled</source>
   <translation>Zurückgerufen</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>Offen</translation>
  </message>
  <message>
   <source>not in this file</source>
   <translation>nicht in dieser Datei</translation>
  </message>
  <message>
   <source>{count} begun</source>
   <translation>{count} angefangen</translation>
  </message>
  <message>
   <source>{done} of {total} done</source>
   <translation>{done} von {total} erledigt</translation>
  </message>
  <message>
   <source>{done} of {total} handed back</source>
   <translation>{done} von {total} zurückgegeben</translation>
  </message>
 </context>
 <context>
  <name>HandoutsPage</name>
  <message>
   <source>A hand-out is a file with some tasks, their media and the guideline, for one person. Until they have done theirs nobody else gets these tasks.</source>
   <translation>Ein Aufgabenpaket ist eine Datei mit einigen Aufgaben, ihren Medien und dem Leitfaden, für eine Person. Bis sie fertig ist, bekommt niemand sonst diese Aufgaben.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Drafts</source>
   <translation>Entwürfe</translation>
  </message>
  <message>
   <source>Due</source>
   <translation>Fällig</translation>
  </message>
  <message>
   <source>For</source>
   <translation>Für</translation>
  </message>
  <message>
   <source>Give it again</source>
   <translation>Wieder geben</translation>
  </message>
  <message>
   <source>Given</source>
   <translation>Ausgegeben</translation>
  </message>
  <message>
   <source>Hand out…</source>
   <translation>Aufgaben ausgeben…</translation>
  </message>
  <message>
   <source>Hand-outs</source>
   <translation>Aufgabenpakete</translation>
  </message>
  <message>
   <source>Handed back</source>
   <translation>Zurückgegeben</translation>
  </message>
  <message>
   <source>Merge a return…</source>
   <translation>Rückgabe zusammenführen…</translation>
  </message>
  <message>
   <source>Nothing is handed out</source>
   <translation>Nichts ist ausgegeben</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>Warteschlange</translation>
  </message>
  <message>
   <source>Recall</source>
   <translation>Zurückrufen</translation>
  </message>
  <message>
   <source>Recall what {person} has?</source>
   <translation>Zurückrufen, was {person} hat?</translation>
  </message>
  <message>
   <source>Recalled from {person}</source>
   <translation>Von {person} zurückgerufen</translation>
  </message>
  <message>
   <source>Recall…</source>
   <translation>Zurückrufen…</translation>
  </message>
  <message>
   <source>Since</source>
   <translation>Seit</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Stand</translation>
  </message>
  <message>
   <source>Tasks</source>
   <translation>Aufgaben</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>Offen</translation>
  </message>
  <message>
   <source>somebody</source>
   <translation>jemandem</translation>
  </message>
  <message>
   <source>{far}. Given by {person}.</source>
   <translation>{far}. Ausgegeben von {person}.</translation>
  </message>
  <message>
   <source>{far}. The tasks are for everybody again. What still comes back is kept, and the recall can be taken back here.</source>
   <translation>{far}. Die Aufgaben sind wieder für alle da. Was noch zurückkommt, bleibt erhalten, und der Rückruf lässt sich hier zurücknehmen.</translation>
  </message>
  <message>
   <source>{person} has the tasks again</source>
   <translation>{person} hat die Aufgaben wieder</translation>
  </message>
 </context>
 <context>
  <name>Header</name>
  <message>
   <source>1 character</source>
   <translation>1 Zeichen</translation>
  </message>
  <message>
   <source>The text of this task is not here yet</source>
   <translation>Der Text dieser Aufgabe ist noch nicht da</translation>
  </message>
  <message numerus="yes">
   <source>{count} characters</source>
   <translation>
    <numerusform>{count} Zeichen</numerusform>
    <numerusform>{count} Zeichen</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>HelpWindow</name>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Help page</source>
   <translation>Hilfeseite</translation>
  </message>
  <message>
   <source>Help – {program}</source>
   <translation>Hilfe – {program}</translation>
  </message>
  <message>
   <source>Nothing found</source>
   <translation>Nichts gefunden</translation>
  </message>
  <message>
   <source>Pages</source>
   <translation>Seiten</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Search the help</source>
   <translation>Hilfe durchsuchen</translation>
  </message>
 </context>
 <context>
  <name>HistoryTab</name>
  <message>
   <source>Blacked it out</source>
   <translation>Geschwärzt</translation>
  </message>
  <message numerus="yes">
   <source>Decided between %n versions</source>
   <translation>
    <numerusform>Zwischen %n Fassung entschieden</numerusform>
    <numerusform>Zwischen %n Fassungen entschieden</numerusform>
   </translation>
  </message>
  <message>
   <source>Deleted it</source>
   <translation>Gelöscht</translation>
  </message>
  <message>
   <source>Imported it</source>
   <translation>Importiert</translation>
  </message>
  <message>
   <source>Left a draft of it</source>
   <translation>Einen Entwurf hinterlassen</translation>
  </message>
  <message>
   <source>Took a decision back; this version is open again</source>
   <translation>Eine Entscheidung zurückgenommen; diese Fassung ist wieder offen</translation>
  </message>
  <message>
   <source>Wrote it</source>
   <translation>Geschrieben</translation>
  </message>
  <message>
   <source>{status}: {reason}</source>
   <translation>{status}: {reason}</translation>
  </message>
  <message>
   <source>{what}, {status}</source>
   <translation>{what}, {status}</translation>
  </message>
  <message>
   <source>{when} on {device}</source>
   <translation>{when} auf {device}</translation>
  </message>
  <message>
   <source>“{text}”</source>
   <translation>„{text}“</translation>
  </message>
 </context>
 <context>
  <name>HomePage</name>
  <message>
   <source>A project is one file that holds tasks, guidelines and work. The sample is one to try things on: what opens is a copy of your own.</source>
   <translation>Ein Projekt ist eine Datei mit Aufgaben, Leitfaden und Arbeit. Am Beispiel lässt sich alles ausprobieren: Geöffnet wird eine eigene Kopie.</translation>
  </message>
  <message>
   <source>Begin with files</source>
   <translation>Mit Dateien beginnen</translation>
  </message>
  <message>
   <source>Find {file}</source>
   <translation>{file} suchen</translation>
  </message>
  <message>
   <source>Home</source>
   <translation>Start</translation>
  </message>
  <message>
   <source>No project so far</source>
   <translation>Noch kein Projekt</translation>
  </message>
  <message>
   <source>Open project…</source>
   <translation>Projekt öffnen…</translation>
  </message>
  <message>
   <source>Projects</source>
   <translation>Projekte</translation>
  </message>
  <message>
   <source>Recent projects</source>
   <translation>Zuletzt geöffnete Projekte</translation>
  </message>
  <message>
   <source>Taken off the list; the file stays where it is</source>
   <translation>Von der Liste genommen; die Datei bleibt, wo sie ist</translation>
  </message>
  <message>
   <source>Try the sample</source>
   <translation>Beispiel ausprobieren</translation>
  </message>
  <message>
   <source>audio</source>
   <translation>Audio</translation>
  </message>
  <message>
   <source>images</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <source>texts</source>
   <translation>Texte</translation>
  </message>
  <message>
   <source>video</source>
   <translation>Video</translation>
  </message>
  <message>
   <source>{kinds}; {count} file formats</source>
   <translation>{kinds}; {count} Dateiformate</translation>
  </message>
 </context>
 <context>
  <name>ImageFrame</name>
  <message>
   <source>Less sure predictions too</source>
   <translation>Auch weniger sichere Vorhersagen</translation>
  </message>
  <message>
   <source>Only surer predictions</source>
   <translation>Nur sicherere Vorhersagen</translation>
  </message>
  <message>
   <source>{score} and up</source>
   <translation>{score} und mehr</translation>
  </message>
 </context>
 <context>
  <name>ImageShow</name>
  <message numerus="yes">
   <source>Its {count} regions are kept</source>
   <translation>
    <numerusform>Ihre {count} Region bleibt erhalten</numerusform>
    <numerusform>Ihre {count} Regionen bleiben erhalten</numerusform>
   </translation>
  </message>
  <message>
   <source>the content is not here</source>
   <translation>der Inhalt ist nicht da</translation>
  </message>
 </context>
 <context>
  <name>ImportDialog</name>
  <message>
   <source>Choose another file…</source>
   <translation>Andere Datei wählen…</translation>
  </message>
  <message>
   <source>Import</source>
   <translation>Importieren</translation>
  </message>
  <message>
   <source>Import into {queue}</source>
   <translation>In {queue} importieren</translation>
  </message>
  <message>
   <source>Importing {files}</source>
   <translation>{files} wird importiert</translation>
  </message>
  <message>
   <source>It was stopped; what was imported until then stays.</source>
   <translation>Es wurde angehalten; was bis dahin importiert wurde, bleibt.</translation>
  </message>
  <message>
   <source>Nothing new in {rows}: here already, or not to be read.</source>
   <translation>Nichts Neues in {rows}: schon da oder nicht lesbar.</translation>
  </message>
  <message>
   <source>Nothing new was imported</source>
   <translation>Nichts Neues wurde importiert</translation>
  </message>
  <message>
   <source>Nothing was imported</source>
   <translation>Nichts wurde importiert</translation>
  </message>
  <message>
   <source>The import stopped; {tasks} came in before</source>
   <translation>Der Import hielt an; {tasks} kamen vorher herein</translation>
  </message>
  <message>
   <source>What to look at</source>
   <translation>Was anzusehen ist</translation>
  </message>
  <message>
   <source>{tasks} and {values} imported</source>
   <translation>{tasks} und {values} importiert</translation>
  </message>
 </context>
 <context>
  <name>ImportForm</name>
  <message>
   <source>By, where the file names nobody</source>
   <translation>Von, wo die Datei niemanden nennt</translation>
  </message>
  <message>
   <source>Cannot be read in this format: {reason}</source>
   <translation>In diesem Format nicht lesbar: {reason}</translation>
  </message>
  <message>
   <source>First rows</source>
   <translation>Erste Zeilen</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Go into the project, and along with every copy of it</source>
   <translation>Kommen ins Projekt und mit in jede Kopie</translation>
  </message>
  <message>
   <source>Gold</source>
   <translation>Gold</translation>
  </message>
  <message>
   <source>Leave out values with labels that are not in the set</source>
   <translation>Werte mit Labels auslassen, die nicht im Satz sind</translation>
  </message>
  <message>
   <source>Media</source>
   <translation>Medien</translation>
  </message>
  <message>
   <source>People’s work</source>
   <translation>Arbeit von Personen</translation>
  </message>
  <message>
   <source>Predictions of a model</source>
   <translation>Vorhersagen eines Modells</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>Warteschlange</translation>
  </message>
  <message>
   <source>Stay where they are; the project refers to them</source>
   <translation>Bleiben, wo sie sind; das Projekt verweist auf sie</translation>
  </message>
  <message>
   <source>Take as</source>
   <translation>Übernehmen als</translation>
  </message>
  <message>
   <source>Tasks only</source>
   <translation>Nur Aufgaben</translation>
  </message>
  <message>
   <source>The first rows of {file} as they would come in</source>
   <translation>Die ersten Zeilen von {file}, wie sie hereinkämen</translation>
  </message>
  <message>
   <source>There are no rows in {file} in this format</source>
   <translation>In {file} sind keine Zeilen in diesem Format</translation>
  </message>
  <message>
   <source>Values where there are any, else tasks</source>
   <translation>Werte, wo es welche gibt, sonst Aufgaben</translation>
  </message>
 </context>
 <context>
  <name>IndexLine</name>
  <message>
   <source>Go on</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Search index</source>
   <translation>Suchindex</translation>
  </message>
  <message>
   <source>Search index paused: {count}</source>
   <translation>Suchindex angehalten: {count}</translation>
  </message>
  <message>
   <source>Search index: {count}</source>
   <translation>Suchindex: {count}</translation>
  </message>
  <message>
   <source>Searches read every task</source>
   <translation>Suchen lesen jede Aufgabe</translation>
  </message>
  <message>
   <source>Until it is made, searches read every task and take longer.</source>
   <translation>Bis er fertig ist, lesen Suchen jede Aufgabe und dauern länger.</translation>
  </message>
 </context>
 <context>
  <name>Inspector</name>
  <message>
   <source>Guidelines</source>
   <translation>Leitfaden</translation>
  </message>
  <message>
   <source>Hide the inspector</source>
   <translation>Inspektor ausblenden</translation>
  </message>
  <message>
   <source>Inspector</source>
   <translation>Inspektor</translation>
  </message>
  <message>
   <source>Questions</source>
   <translation>Fragen</translation>
  </message>
  <message>
   <source>Regions</source>
   <translation>Regionen</translation>
  </message>
 </context>
 <context>
  <name>KeyField</name>
  <message>
   <source>No key</source>
   <translation>Keine Taste</translation>
  </message>
  <message>
   <source>Press a key</source>
   <translation>Taste drücken</translation>
  </message>
  <message>
   <source>Press a key, Esc to leave it</source>
   <translation>Taste drücken, Esc zum Lassen</translation>
  </message>
 </context>
 <context>
  <name>KeymapSection</name>
  <message>
   <source>Export the keymap</source>
   <translation>Tastenbelegung exportieren</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Import a keymap</source>
   <translation>Tastenbelegung importieren</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>Importieren…</translation>
  </message>
  <message>
   <source>Keymap</source>
   <translation>Tastenbelegung</translation>
  </message>
  <message>
   <source>Not known here: {names}</source>
   <translation>Hier nicht bekannt: {names}</translation>
  </message>
  <message>
   <source>The keymap is in {file}</source>
   <translation>Die Tastenbelegung steht in {file}</translation>
  </message>
  <message>
   <source>{file} is no keymap</source>
   <translation>{file} ist keine Tastenbelegung</translation>
  </message>
  <message>
   <source>{file} was not written</source>
   <translation>{file} wurde nicht geschrieben</translation>
  </message>
  <message>
   <source>“{command}” gave {key} up.</source>
   <translation>„{command}“ hat {key} abgegeben.</translation>
  </message>
 </context>
 <context>
  <name>Keymaps</name>
  <message>
   <source>Default</source>
   <translation>Standard</translation>
  </message>
  <message>
   <source>Left hand</source>
   <translation>Linke Hand</translation>
  </message>
  <message>
   <source>Like labelme</source>
   <translation>Wie labelme</translation>
  </message>
  <message>
   <source>My own</source>
   <translation>Eigene</translation>
  </message>
 </context>
 <context>
  <name>KeysPage</name>
  <message>
   <source>Changed</source>
   <translation>Geändert</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>Befehle</translation>
  </message>
  <message>
   <source>Default</source>
   <translation>Standard</translation>
  </message>
  <message>
   <source>Find a command</source>
   <translation>Befehl finden</translation>
  </message>
  <message>
   <source>Find a command or key</source>
   <translation>Befehl oder Taste finden</translation>
  </message>
  <message>
   <source>Hold Ctrl or Alt with it, or choose another key.</source>
   <translation>Strg oder Alt dazu halten oder eine andere Taste wählen.</translation>
  </message>
  <message>
   <source>It runs “{command}” {place}.</source>
   <translation>Sie löst „{command}“ aus, {place}.</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>Leave it</source>
   <translation>Lassen</translation>
  </message>
  <message>
   <source>No key</source>
   <translation>Keine Taste</translation>
  </message>
  <message>
   <source>Swap the keys</source>
   <translation>Tasten tauschen</translation>
  </message>
  <message>
   <source>Take the key over</source>
   <translation>Taste übernehmen</translation>
  </message>
  <message>
   <source>There it runs this command now; give the label or answer another key.</source>
   <translation>Dort löst sie jetzt diesen Befehl aus; dem Label oder der Antwort eine andere Taste geben.</translation>
  </message>
  <message>
   <source>everywhere</source>
   <translation>überall</translation>
  </message>
  <message>
   <source>on the Data page</source>
   <translation>auf der Seite Daten</translation>
  </message>
  <message>
   <source>on the Work page</source>
   <translation>auf der Seite Arbeit</translation>
  </message>
  <message>
   <source>on the Work page, in {panel}</source>
   <translation>auf der Seite Arbeit, in {panel}</translation>
  </message>
  <message>
   <source>{key} belongs to the control with the focus</source>
   <translation>{key} gehört dem Bedienelement mit dem Fokus</translation>
  </message>
  <message>
   <source>{key} is also the key of {owner}</source>
   <translation>{key} ist auch die Taste von {owner}</translation>
  </message>
  <message>
   <source>{key} is taken</source>
   <translation>{key} ist vergeben</translation>
  </message>
  <message>
   <source>“{command}” has it; “{loser}” is without it.</source>
   <translation>„{command}“ hat sie; „{loser}“ ist ohne sie.</translation>
  </message>
  <message>
   <source>“{name}” in {queue}</source>
   <translation>„{name}“ in {queue}</translation>
  </message>
 </context>
 <context>
  <name>KindFields</name>
  <message>
   <source>Word at {point}</source>
   <translation>Wort bei {point}</translation>
  </message>
  <message>
   <source>Words at the points</source>
   <translation>Wörter an den Punkten</translation>
  </message>
 </context>
 <context>
  <name>LabelDelegate</name>
  <message>
   <source>Label</source>
   <translation>Label</translation>
  </message>
 </context>
 <context>
  <name>LabelList</name>
  <message>
   <source>{label}, in hand</source>
   <translation>{label}, in der Hand</translation>
  </message>
 </context>
 <context>
  <name>LabelSetEditor</name>
  <message>
   <source>A retired label is offered to nobody; regions that have it keep it.</source>
   <translation>Ein stillgelegtes Label wird niemandem angeboten; Regionen, die es haben, behalten es.</translation>
  </message>
  <message>
   <source>Add label</source>
   <translation>Label hinzufügen</translation>
  </message>
  <message>
   <source>Another label has this name; choose a different one</source>
   <translation>Ein anderes Label heißt so; einen anderen Namen wählen</translation>
  </message>
  <message>
   <source>Colour</source>
   <translation>Farbe</translation>
  </message>
  <message>
   <source>Delete label</source>
   <translation>Label löschen</translation>
  </message>
  <message>
   <source>Give the label a name</source>
   <translation>Dem Label einen Namen geben</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Taste</translation>
  </message>
  <message>
   <source>Labels</source>
   <translation>Labels</translation>
  </message>
  <message>
   <source>Move down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>No labels yet. Questions need none; spans, boxes and segments do.</source>
   <translation>Noch keine Labels. Fragen brauchen keine; Spannen, Rahmen und Segmente schon.</translation>
  </message>
  <message>
   <source>Offer again</source>
   <translation>Wieder anbieten</translation>
  </message>
  <message>
   <source>Offered to nobody; regions that have it keep it.</source>
   <translation>Wird niemandem angeboten; Regionen, die es haben, behalten es.</translation>
  </message>
  <message>
   <source>One letter, digit or sign</source>
   <translation>Ein Buchstabe, eine Ziffer oder ein Zeichen</translation>
  </message>
  <message>
   <source>Retire</source>
   <translation>Stilllegen</translation>
  </message>
  <message>
   <source>The answer “{owner}” has this key; choose another</source>
   <translation>Die Antwort „{owner}“ hat diese Taste; eine andere wählen</translation>
  </message>
  <message>
   <source>The label “{owner}” has this key; choose another</source>
   <translation>Das Label „{owner}“ hat diese Taste; eine andere wählen</translation>
  </message>
  <message>
   <source>This key runs “{owner}” on the Work page; choose another</source>
   <translation>Diese Taste löst auf der Seite Arbeit „{owner}“ aus; eine andere wählen</translation>
  </message>
 </context>
 <context>
  <name>Legend</name>
  <message>
   <source>Labels</source>
   <translation>Labels</translation>
  </message>
 </context>
 <context>
  <name>LicencesDialog</name>
  <message>
   <source>Copy text</source>
   <translation>Text kopieren</translation>
  </message>
  <message>
   <source>Licence text</source>
   <translation>Lizenztext</translation>
  </message>
  <message>
   <source>Licence: {licence}</source>
   <translation>Lizenz: {licence}</translation>
  </message>
  <message>
   <source>Licences</source>
   <translation>Lizenzen</translation>
  </message>
  <message>
   <source>The licence is on the clipboard</source>
   <translation>Die Lizenz liegt in der Zwischenablage</translation>
  </message>
  <message>
   <source>What ships</source>
   <translation>Was ausgeliefert wird</translation>
  </message>
 </context>
 <context>
  <name>ListPane</name>
  <message>
   <source>(interrupted)</source>
   <translation>(abgebrochen)</translation>
  </message>
  <message>
   <source>1 open conflict</source>
   <translation>1 offener Konflikt</translation>
  </message>
  <message>
   <source>Conflicts</source>
   <translation>Konflikte</translation>
  </message>
  <message>
   <source>Last merge, {when}</source>
   <translation>Letzte Zusammenführung, {when}</translation>
  </message>
  <message>
   <source>{count} decided</source>
   <translation>{count} entschieden</translation>
  </message>
  <message>
   <source>{count} open conflicts</source>
   <translation>{count} offene Konflikte</translation>
  </message>
  <message>
   <source>{file}: {added} changes added, {known} known, {conflicts} conflicts, {quarantined} set aside</source>
   <translation>{file}: {added} Änderungen neu, {known} bekannt, {conflicts} Konflikte, {quarantined} beiseitegelegt</translation>
  </message>
 </context>
 <context>
  <name>Loses</name>
  <message>
   <source>answers</source>
   <translation>Antworten</translation>
  </message>
  <message>
   <source>attributes of regions</source>
   <translation>Attribute von Regionen</translation>
  </message>
  <message>
   <source>fields of other programs</source>
   <translation>Felder anderer Programme</translation>
  </message>
  <message>
   <source>gold</source>
   <translation>Gold</translation>
  </message>
  <message>
   <source>how long the recording is</source>
   <translation>wie lang die Aufnahme ist</translation>
  </message>
  <message>
   <source>how the camera was held</source>
   <translation>Haltung der Kamera</translation>
  </message>
  <message>
   <source>ids of regions</source>
   <translation>Ids von Regionen</translation>
  </message>
  <message>
   <source>its sampling rate</source>
   <translation>ihre Abtastrate</translation>
  </message>
  <message>
   <source>keys of tasks</source>
   <translation>Schlüssel von Aufgaben</translation>
  </message>
  <message>
   <source>labels of regions</source>
   <translation>Labels von Regionen</translation>
  </message>
  <message>
   <source>masks</source>
   <translation>Masken</translation>
  </message>
  <message>
   <source>metadata</source>
   <translation>Metadaten</translation>
  </message>
  <message>
   <source>points</source>
   <translation>Punkte</translation>
  </message>
  <message>
   <source>points in time</source>
   <translation>Zeitpunkte</translation>
  </message>
  <message>
   <source>polygons</source>
   <translation>Polygone</translation>
  </message>
  <message>
   <source>predictions</source>
   <translation>Vorhersagen</translation>
  </message>
  <message>
   <source>regions</source>
   <translation>Regionen</translation>
  </message>
  <message>
   <source>relations</source>
   <translation>Beziehungen</translation>
  </message>
  <message>
   <source>scores of regions</source>
   <translation>Werte von Regionen</translation>
  </message>
  <message>
   <source>tasks with nothing on them</source>
   <translation>Aufgaben ohne Arbeit</translation>
  </message>
  <message>
   <source>the context of the work</source>
   <translation>Umstände der Arbeit</translation>
  </message>
  <message>
   <source>the image’s height</source>
   <translation>Höhe des Bildes</translation>
  </message>
  <message>
   <source>the image’s width</source>
   <translation>Breite des Bildes</translation>
  </message>
  <message>
   <source>the status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>times of single words</source>
   <translation>Zeiten einzelner Wörter</translation>
  </message>
  <message>
   <source>what is finer than a millisecond</source>
   <translation>was feiner als eine Millisekunde ist</translation>
  </message>
  <message>
   <source>where the image lies</source>
   <translation>Ort des Bildes</translation>
  </message>
  <message>
   <source>where the recording lies</source>
   <translation>wo die Aufnahme liegt</translation>
  </message>
  <message>
   <source>which model proposed a region</source>
   <translation>welches Modell eine Region vorschlug</translation>
  </message>
  <message>
   <source>which part regions are on</source>
   <translation>auf welchem Teil Regionen liegen</translation>
  </message>
  <message>
   <source>who did it</source>
   <translation>wer es getan hat</translation>
  </message>
 </context>
 <context>
  <name>MainWindow</name>
  <message>
   <source>All keys</source>
   <translation>Alle Tasten</translation>
  </message>
  <message>
   <source>Data</source>
   <translation>Daten</translation>
  </message>
  <message>
   <source>Home</source>
   <translation>Start</translation>
  </message>
  <message>
   <source>Places</source>
   <translation>Orte</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Prüfung</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Work</source>
   <translation>Arbeit</translation>
  </message>
 </context>
 <context>
  <name>MarkdownPage</name>
  <message>
   <source>Only the beginning is shown: the text has {count} characters.</source>
   <translation>Nur der Anfang wird gezeigt: Der Text hat {count} Zeichen.</translation>
  </message>
  <message>
   <source>image</source>
   <translation>Bild</translation>
  </message>
 </context>
 <context>
  <name>MediaFolders</name>
  <message>
   <source>Each machine keeps media where it likes; what it says here stays here.</source>
   <translation>Jeder Rechner legt Medien ab, wo er mag; was hier steht, bleibt hier.</translation>
  </message>
  <message>
   <source>Looking for files</source>
   <translation>Dateien werden gesucht</translation>
  </message>
  <message>
   <source>No project is open.</source>
   <translation>Kein Projekt ist geöffnet.</translation>
  </message>
  <message>
   <source>This project refers to no media files.</source>
   <translation>Dieses Projekt verweist auf keine Mediendateien.</translation>
  </message>
  <message>
   <source>Where is “{root}”?</source>
   <translation>Wo ist „{root}“?</translation>
  </message>
  <message>
   <source>{folder} holds none of the files, {file} for one. Choose another folder.</source>
   <translation>{folder} enthält keine der Dateien, etwa {file}. Einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <source>{folder}: {counts}. Not there: {files}</source>
   <translation>{folder}: {counts}. Nicht da: {files}</translation>
  </message>
  <message>
   <source>“{root}” is not there</source>
   <translation>„{root}“ ist nicht da</translation>
  </message>
  <message>
   <source>“{root}” was found</source>
   <translation>„{root}“ wurde gefunden</translation>
  </message>
 </context>
 <context>
  <name>MediaFoldersDialog</name>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Media folders</source>
   <translation>Medienordner</translation>
  </message>
 </context>
 <context>
  <name>Menus</name>
  <message>
   <source>Nobody is signed in</source>
   <translation>Niemand ist angemeldet</translation>
  </message>
 </context>
 <context>
  <name>MergeDetail</name>
  <message>
   <source>Added</source>
   <translation>Neu</translation>
  </message>
  <message>
   <source>All merges</source>
   <translation>Alle Zusammenführungen</translation>
  </message>
  <message>
   <source>By</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>From file</source>
   <translation>Aus der Datei</translation>
  </message>
  <message>
   <source>Nothing was added: all of it was here before.</source>
   <translation>Nichts Neues: Alles war schon hier.</translation>
  </message>
  <message>
   <source>Nothing was set aside.</source>
   <translation>Nichts wurde beiseitegelegt.</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>Warteschlange</translation>
  </message>
  <message>
   <source>Save the bytes</source>
   <translation>Bytes speichern</translation>
  </message>
  <message>
   <source>Save the bytes…</source>
   <translation>Bytes speichern…</translation>
  </message>
  <message>
   <source>Saved: {file}</source>
   <translation>Gespeichert: {file}</translation>
  </message>
  <message>
   <source>Set aside</source>
   <translation>Beiseitegelegt</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Task</source>
   <translation>Aufgabe</translation>
  </message>
  <message>
   <source>This change is about no task of its own</source>
   <translation>Diese Änderung betrifft keine einzelne Aufgabe</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Was</translation>
  </message>
  <message>
   <source>What does not prove itself is kept, and counts nowhere. Its bytes may help whoever looks into it.</source>
   <translation>Was sich nicht beweist, wird aufgehoben und zählt nirgends. Seine Bytes helfen, wer der Sache nachgeht.</translation>
  </message>
  <message>
   <source>What is listed</source>
   <translation>Was aufgeführt ist</translation>
  </message>
  <message>
   <source>When</source>
   <translation>Wann</translation>
  </message>
  <message>
   <source>Whose</source>
   <translation>Von wem</translation>
  </message>
  <message>
   <source>Why</source>
   <translation>Warum</translation>
  </message>
  <message>
   <source>{count} changes. Enter opens the task.</source>
   <translation>{count} Änderungen. Enter öffnet die Aufgabe.</translation>
  </message>
  <message>
   <source>{file}, merged {when}</source>
   <translation>{file}, zusammengeführt {when}</translation>
  </message>
 </context>
 <context>
  <name>Merges</name>
  <message>
   <source>1 change added</source>
   <translation>1 Änderung neu</translation>
  </message>
  <message>
   <source>1 conflict</source>
   <translation>1 Konflikt</translation>
  </message>
  <message>
   <source>Another change has its place: a machine was put back to an old state</source>
   <translation>Eine andere Änderung hat ihren Platz: Ein Rechner wurde auf einen alten Stand zurückgesetzt</translation>
  </message>
  <message>
   <source>Draft</source>
   <translation>Entwurf</translation>
  </message>
  <message>
   <source>In conflict</source>
   <translation>Im Konflikt</translation>
  </message>
  <message>
   <source>Interrupted</source>
   <translation>Unterbrochen</translation>
  </message>
  <message>
   <source>It cannot be read: {reason}</source>
   <translation>Nicht lesbar: {reason}</translation>
  </message>
  <message>
   <source>It is damaged and cannot be read</source>
   <translation>Beschädigt und nicht lesbar</translation>
  </message>
  <message>
   <source>It says to be about something else than it is filed under</source>
   <translation>Betrifft nach eigener Angabe etwas anderes, als wo es abgelegt ist</translation>
  </message>
  <message>
   <source>It was changed after it was written</source>
   <translation>Nach dem Schreiben verändert</translation>
  </message>
  <message>
   <source>The bytes of a medium are damaged</source>
   <translation>Die Bytes eines Mediums sind beschädigt</translation>
  </message>
  <message>
   <source>The steps of a draft cannot be followed</source>
   <translation>Den Schritten eines Entwurfs lässt sich nicht folgen</translation>
  </message>
  <message>
   <source>{count} changes added</source>
   <translation>{count} Änderungen neu</translation>
  </message>
  <message>
   <source>{count} conflicts</source>
   <translation>{count} Konflikte</translation>
  </message>
  <message>
   <source>{count} known</source>
   <translation>{count} bekannt</translation>
  </message>
  <message>
   <source>{count} set aside</source>
   <translation>{count} beiseitegelegt</translation>
  </message>
  <message>
   <source>{what}, deleted</source>
   <translation>{what}, gelöscht</translation>
  </message>
  <message>
   <source>{what}, its text removed</source>
   <translation>{what}, Text entfernt</translation>
  </message>
 </context>
 <context>
  <name>MergesPage</name>
  <message>
   <source>Added</source>
   <translation>Neu</translation>
  </message>
  <message>
   <source>Conflicts</source>
   <translation>Konflikte</translation>
  </message>
  <message>
   <source>Digest</source>
   <translation>Prüfsumme</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>Known</source>
   <translation>Bekannt</translation>
  </message>
  <message>
   <source>Merge a copy…</source>
   <translation>Kopie zusammenführen…</translation>
  </message>
  <message>
   <source>Merges</source>
   <translation>Zusammenführungen</translation>
  </message>
  <message>
   <source>No merges so far</source>
   <translation>Bisher keine Zusammenführungen</translation>
  </message>
  <message>
   <source>Set aside</source>
   <translation>Beiseitegelegt</translation>
  </message>
  <message>
   <source>Two people work in two copies; a merge brings both together and loses nothing. What each merge brought stands here.</source>
   <translation>Zwei Personen arbeiten in zwei Kopien; das Zusammenführen vereint beide und verliert nichts. Was jedes Mal dazukam, steht hier.</translation>
  </message>
  <message>
   <source>When</source>
   <translation>Wann</translation>
  </message>
 </context>
 <context>
  <name>MergingBackDialog</name>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Merge back next time</source>
   <translation>Nächstes Mal zurückführen</translation>
  </message>
  <message>
   <source>Merging back</source>
   <translation>Zurückführen</translation>
  </message>
  <message>
   <source>Not merged back</source>
   <translation>Nicht zurückgeführt</translation>
  </message>
  <message>
   <source>What you did is on its way into the shared file. It is kept in the copy on this machine as well: what is put off is merged back when the program starts the next time.</source>
   <translation>Was getan wurde, ist auf dem Weg in die gemeinsame Datei. Es steht auch in der Arbeitskopie auf diesem Rechner: Was aufgeschoben wird, wird beim nächsten Start des Programms zurückgeführt.</translation>
  </message>
 </context>
 <context>
  <name>Middle</name>
  <message>
   <source>Check the project, or merge a copy that still has it whole.</source>
   <translation>Das Projekt prüfen oder eine Kopie zusammenführen, in der sie noch ganz ist.</translation>
  </message>
  <message>
   <source>Compare texts by</source>
   <translation>Texte vergleichen nach</translation>
  </message>
  <message>
   <source>Done writing</source>
   <translation>Fertig geschrieben</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Every version stays in the history</source>
   <translation>Jede Fassung bleibt im Verlauf</translation>
  </message>
  <message>
   <source>Keep both</source>
   <translation>Beide behalten</translation>
  </message>
  <message>
   <source>Letters</source>
   <translation>Buchstaben</translation>
  </message>
  <message>
   <source>Next conflict</source>
   <translation>Nächster Konflikt</translation>
  </message>
  <message>
   <source>No version of it can be read</source>
   <translation>Keine Fassung davon lässt sich lesen</translation>
  </message>
  <message>
   <source>Previous conflict</source>
   <translation>Voriger Konflikt</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Wörter</translation>
  </message>
  <message>
   <source>Write it anew</source>
   <translation>Neu schreiben</translation>
  </message>
 </context>
 <context>
  <name>Minimap</name>
  <message>
   <source>Overview of the picture</source>
   <translation>Übersicht über das Bild</translation>
  </message>
 </context>
 <context>
  <name>MissingMedium</name>
  <message>
   <source>Media folders…</source>
   <translation>Medienordner…</translation>
  </message>
  <message>
   <source>The medium of this task is not within reach</source>
   <translation>Das Medium dieser Aufgabe ist nicht erreichbar</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>{file}: {reason}. Say where its folder is on this machine, or flag or skip the task; what was done is kept.</source>
   <translation>{file}: {reason}. Angeben, wo sein Ordner auf diesem Rechner liegt, oder die Aufgabe melden oder überspringen; was getan wurde, bleibt.</translation>
  </message>
 </context>
 <context>
  <name>MyDay</name>
  <message>
   <source>Active</source>
   <translation>Aktiv</translation>
  </message>
  <message>
   <source>My day</source>
   <translation>Mein Tag</translation>
  </message>
  <message>
   <source>Only you see this</source>
   <translation>Nur hier zu sehen</translation>
  </message>
  <message>
   <source>Tasks</source>
   <translation>Aufgaben</translation>
  </message>
  <message>
   <source>{time} each</source>
   <translation>je {time}</translation>
  </message>
 </context>
 <context>
  <name>NameField</name>
  <message>
   <source>Name of the speaker</source>
   <translation>Name des Sprechers</translation>
  </message>
 </context>
 <context>
  <name>NeitherButton</name>
  <message>
   <source>Neither…</source>
   <translation>Weder noch…</translation>
  </message>
 </context>
 <context>
  <name>NewProjectDialog</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Choose a folder</source>
   <translation>Ordner wählen</translation>
  </message>
  <message>
   <source>Create project</source>
   <translation>Projekt anlegen</translation>
  </message>
  <message>
   <source>First file</source>
   <translation>Erste Datei</translation>
  </message>
  <message>
   <source>First file, if there is one</source>
   <translation>Erste Datei, falls vorhanden</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Give the project a name</source>
   <translation>Dem Projekt einen Namen geben</translation>
  </message>
  <message>
   <source>Imported when the project is made: {files}</source>
   <translation>Wird beim Anlegen importiert: {files}</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>New project</source>
   <translation>Neues Projekt</translation>
  </message>
  <message>
   <source>No plugin on this machine brings the panel of this template</source>
   <translation>Kein Plugin auf diesem Rechner bringt das Panel dieser Vorlage</translation>
  </message>
  <message>
   <source>Template</source>
   <translation>Vorlage</translation>
  </message>
  <message>
   <source>The project was not made</source>
   <translation>Das Projekt wurde nicht angelegt</translation>
  </message>
  <message>
   <source>There is no such file or folder</source>
   <translation>Diese Datei oder diesen Ordner gibt es nicht</translation>
  </message>
  <message>
   <source>Where it is kept</source>
   <translation>Wo es liegt</translation>
  </message>
  <message>
   <source>{file} is in this folder already; choose another name</source>
   <translation>{file} ist schon in diesem Ordner; einen anderen Namen wählen</translation>
  </message>
 </context>
 <context>
  <name>NoConflicts</name>
  <message>
   <source>Merge a copy…</source>
   <translation>Kopie zusammenführen…</translation>
  </message>
  <message>
   <source>No conflicts</source>
   <translation>Keine Konflikte</translation>
  </message>
  <message>
   <source>When a copy is merged in which somebody decided the same thing differently, both versions are kept and wait here for somebody to choose.</source>
   <translation>Wird eine Kopie zusammengeführt, in der jemand dasselbe anders entschieden hat, bleiben beide Fassungen erhalten und warten hier auf eine Wahl.</translation>
  </message>
 </context>
 <context>
  <name>NoProject</name>
  <message>
   <source>No project is open</source>
   <translation>Kein Projekt ist geöffnet</translation>
  </message>
  <message>
   <source>Open project…</source>
   <translation>Projekt öffnen…</translation>
  </message>
  <message>
   <source>What two copies of a project decided differently stands here.</source>
   <translation>Hier steht, was in zwei Kopien eines Projekts verschieden entschieden wurde.</translation>
  </message>
 </context>
 <context>
  <name>NoticeBar</name>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Copy report</source>
   <translation>Bericht kopieren</translation>
  </message>
 </context>
 <context>
  <name>Notices</name>
  <message>
   <source>Something in the program failed: {error}. Your work is kept; go on, or copy the report.</source>
   <translation>Im Programm ist etwas fehlgeschlagen: {error}. Die Arbeit ist gesichert; weitermachen oder den Bericht kopieren.</translation>
  </message>
  <message>
   <source>The program crashed when it last ran. Every gesture up to then is kept.</source>
   <translation>Das Programm ist beim letzten Mal abgestürzt. Jeder Handgriff bis dahin ist erhalten.</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Your settings could not be read and were set aside: {reason}</source>
   <translation>Die Einstellungen waren nicht lesbar und wurden beiseitegelegt: {reason}</translation>
  </message>
 </context>
 <context>
  <name>NumberControl</name>
  <message>
   <source>Enter a number, such as {example}</source>
   <translation>Eine Zahl eingeben, etwa {example}</translation>
  </message>
  <message>
   <source>From {low} to {high}</source>
   <translation>Von {low} bis {high}</translation>
  </message>
  <message>
   <source>{high} or less</source>
   <translation>{high} oder weniger</translation>
  </message>
  <message>
   <source>{low} or more</source>
   <translation>{low} oder mehr</translation>
  </message>
 </context>
 <context>
  <name>OpenProject</name>
  <message>
   <source>All files</source>
   <translation>Alle Dateien</translation>
  </message>
  <message>
   <source>Open project</source>
   <translation>Projekt öffnen</translation>
  </message>
  <message>
   <source>Projects</source>
   <translation>Projekte</translation>
  </message>
 </context>
 <context>
  <name>OverflowRow</name>
  <message numerus="yes">
   <source>{count} more</source>
   <translation>
    <numerusform>noch {count}</numerusform>
    <numerusform>noch {count}</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Palette</name>
  <message>
   <source>Command, task or rule</source>
   <translation>Befehl, Aufgabe oder Regel</translation>
  </message>
  <message>
   <source>Commands</source>
   <translation>Befehle</translation>
  </message>
  <message>
   <source>Down</source>
   <translation>Ab</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Enter</translation>
  </message>
  <message>
   <source>Esc</source>
   <translation>Esc</translation>
  </message>
  <message>
   <source>Find a command, task or rule</source>
   <translation>Befehl, Aufgabe oder Regel finden</translation>
  </message>
  <message>
   <source>Found</source>
   <translation>Gefunden</translation>
  </message>
  <message>
   <source>Nothing found</source>
   <translation>Nichts gefunden</translation>
  </message>
  <message>
   <source>Rules</source>
   <translation>Regeln</translation>
  </message>
  <message>
   <source>Tasks</source>
   <translation>Aufgaben</translation>
  </message>
  <message>
   <source>Up</source>
   <translation>Auf</translation>
  </message>
  <message>
   <source>close</source>
   <translation>schließen</translation>
  </message>
  <message>
   <source>move</source>
   <translation>bewegen</translation>
  </message>
  <message>
   <source>run</source>
   <translation>ausführen</translation>
  </message>
 </context>
 <context>
  <name>PathField</name>
  <message>
   <source>Choose…</source>
   <translation>Auswählen…</translation>
  </message>
  <message>
   <source>Say where to write to</source>
   <translation>Angeben, wohin geschrieben wird</translation>
  </message>
  <message>
   <source>This is there already; choose another name</source>
   <translation>Das gibt es schon; einen anderen Namen wählen</translation>
  </message>
 </context>
 <context>
  <name>PersonDialog</name>
  <message>
   <source>Another handle is another person: what {handle} did stays theirs.</source>
   <translation>Ein anderes Kürzel ist eine andere Person: Was {handle} getan hat, bleibt ihre Arbeit.</translation>
  </message>
  <message>
   <source>As others know you</source>
   <translation>Wie andere mich kennen</translation>
  </message>
  <message>
   <source>Begin</source>
   <translation>Beginnen</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Handle</source>
   <translation>Kürzel</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Only letters, digits and . @ + - _, beginning with a letter or digit</source>
   <translation>Nur Buchstaben, Ziffern und . @ + - _, am Anfang ein Buchstabe oder eine Ziffer</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Type a handle, like anna</source>
   <translation>Ein Kürzel eingeben, etwa anna</translation>
  </message>
  <message>
   <source>Who I am</source>
   <translation>Wer ich bin</translation>
  </message>
  <message>
   <source>Your handle signs your work: keep the same one in every project. Your name may change.</source>
   <translation>Das Kürzel zeichnet die eigene Arbeit: in jedem Projekt dasselbe behalten. Der Name darf sich ändern.</translation>
  </message>
 </context>
 <context>
  <name>PlaceRow</name>
  <message>
   <source>{place}: {version}</source>
   <translation>{place}: {version}</translation>
  </message>
 </context>
 <context>
  <name>PlaceSwitch</name>
  <message>
   <source>Hand-outs</source>
   <translation>Aufgabenpakete</translation>
  </message>
  <message>
   <source>Merges</source>
   <translation>Zusammenführungen</translation>
  </message>
  <message>
   <source>Tasks</source>
   <translation>Aufgaben</translation>
  </message>
  <message>
   <source>What is shown</source>
   <translation>Was gezeigt wird</translation>
  </message>
 </context>
 <context>
  <name>PluginOptions</name>
  <message>
   <source>Type a number</source>
   <translation>Eine Zahl eingeben</translation>
  </message>
  <message>
   <source>Type a number from {least} to {most}</source>
   <translation>Eine Zahl von {least} bis {most} eingeben</translation>
  </message>
  <message>
   <source>Type a number of at least {least}</source>
   <translation>Eine Zahl ab {least} eingeben</translation>
  </message>
  <message>
   <source>Type a number of at most {most}</source>
   <translation>Eine Zahl bis {most} eingeben</translation>
  </message>
 </context>
 <context>
  <name>PluginsPage</name>
  <message>
   <source>A folder in one of these that holds a panel.toml is found at the next start.</source>
   <translation>Ein Ordner hierin, der eine panel.toml enthält, wird beim nächsten Start gefunden.</translation>
  </message>
  <message>
   <source>Comes with the program</source>
   <translation>Kommt mit dem Programm</translation>
  </message>
  <message>
   <source>Copy path</source>
   <translation>Pfad kopieren</translation>
  </message>
  <message>
   <source>Copy report</source>
   <translation>Bericht kopieren</translation>
  </message>
  <message>
   <source>Failed</source>
   <translation>Fehlgeschlagen</translation>
  </message>
  <message>
   <source>Folders with plugins</source>
   <translation>Ordner mit Plugins</translation>
  </message>
  <message>
   <source>From a folder with plugins</source>
   <translation>Aus einem Ordner mit Plugins</translation>
  </message>
  <message>
   <source>Installed with {dist}</source>
   <translation>Installiert mit {dist}</translation>
  </message>
  <message>
   <source>It cannot be used</source>
   <translation>Es kann nicht verwendet werden</translation>
  </message>
  <message>
   <source>It stopped</source>
   <translation>Es wurde angehalten</translation>
  </message>
  <message>
   <source>Name in files: {id}</source>
   <translation>Name in Dateien: {id}</translation>
  </message>
  <message>
   <source>Off</source>
   <translation>Aus</translation>
  </message>
  <message>
   <source>Open folder</source>
   <translation>Ordner öffnen</translation>
  </message>
  <message>
   <source>Plugins</source>
   <translation>Plugins</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>Bereit</translation>
  </message>
  <message>
   <source>Refused</source>
   <translation>Abgelehnt</translation>
  </message>
  <message>
   <source>Running</source>
   <translation>Läuft</translation>
  </message>
  <message>
   <source>Stopped</source>
   <translation>Angehalten</translation>
  </message>
  <message>
   <source>The path is on the clipboard</source>
   <translation>Der Pfad liegt in der Zwischenablage</translation>
  </message>
  <message>
   <source>The report is on the clipboard</source>
   <translation>Der Bericht liegt in der Zwischenablage</translation>
  </message>
  <message>
   <source>There is no plugin at all</source>
   <translation>Es gibt gar kein Plugin</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Erneut versuchen</translation>
  </message>
  <message>
   <source>Turn off</source>
   <translation>Ausschalten</translation>
  </message>
  <message>
   <source>Turn on</source>
   <translation>Einschalten</translation>
  </message>
 </context>
 <context>
  <name>PredictionBar</name>
  <message>
   <source>1 prediction</source>
   <translation>1 Vorhersage</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>Annehmen</translation>
  </message>
  <message>
   <source>Accept all</source>
   <translation>Alle annehmen</translation>
  </message>
  <message>
   <source>Predictions</source>
   <translation>Vorhersagen</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>Ablehnen</translation>
  </message>
  <message>
   <source>Show again</source>
   <translation>Wieder zeigen</translation>
  </message>
  <message>
   <source>{chosen} of {count} predictions</source>
   <translation>{chosen} von {count} Vorhersagen</translation>
  </message>
  <message numerus="yes">
   <source>{count} predictions</source>
   <translation>
    <numerusform>{count} Vorhersage</numerusform>
    <numerusform>{count} Vorhersagen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} rejected</source>
   <translation>
    <numerusform>{count} abgelehnt</numerusform>
    <numerusform>{count} abgelehnt</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Predictions</name>
  <message>
   <source>Accept prediction</source>
   <translation>Vorhersage annehmen</translation>
  </message>
  <message>
   <source>Accept predictions</source>
   <translation>Vorhersagen annehmen</translation>
  </message>
  <message>
   <source>No prediction was rejected</source>
   <translation>Keine Vorhersage wurde abgelehnt</translation>
  </message>
  <message>
   <source>The task is read only</source>
   <translation>Die Aufgabe ist schreibgeschützt</translation>
  </message>
  <message>
   <source>There is no prediction</source>
   <translation>Es gibt keine Vorhersage</translation>
  </message>
 </context>
 <context>
  <name>PreferenceControl</name>
  <message>
   <source>A preference is between two; this task has {count}</source>
   <translation>Eine Präferenz braucht zwei; diese Aufgabe hat {count}</translation>
  </message>
  <message>
   <source>About the same</source>
   <translation>Etwa gleich</translation>
  </message>
  <message>
   <source>Both bad</source>
   <translation>Beide schlecht</translation>
  </message>
  <message>
   <source>Both good</source>
   <translation>Beide gut</translation>
  </message>
  <message>
   <source>Cannot judge</source>
   <translation>Nicht beurteilbar</translation>
  </message>
  <message>
   <source>{name} is better</source>
   <translation>{name} ist besser</translation>
  </message>
  <message>
   <source>{name} is much better</source>
   <translation>{name} ist viel besser</translation>
  </message>
  <message>
   <source>{name} is slightly better</source>
   <translation>{name} ist etwas besser</translation>
  </message>
  <message>
   <source>{question}: neither</source>
   <translation>{question}: keine von beiden</translation>
  </message>
 </context>
 <context>
  <name>Problem</name>
  <message>
   <source>; did you mean {word}?</source>
   <translation>; ist {word} gemeint?</translation>
  </message>
  <message>
   <source>a disk of this machine</source>
   <translation>ein Datenträger dieses Rechners</translation>
  </message>
  <message>
   <source>a folder that {client} keeps in step with other machines</source>
   <translation>ein Ordner, den {client} mit anderen Rechnern abgleicht</translation>
  </message>
  <message>
   <source>a medium that can only be read</source>
   <translation>ein Datenträger, der nur gelesen werden kann</translation>
  </message>
  <message>
   <source>a network folder ({system}) whose locks do not reach other machines</source>
   <translation>ein Netzwerkordner ({system}), dessen Sperren andere Rechner nicht erreichen</translation>
  </message>
  <message>
   <source>a network folder ({system}) whose locks do not reach other machines, for it is mounted with {option}</source>
   <translation>ein Netzwerkordner ({system}), dessen Sperren andere Rechner nicht erreichen, denn er ist mit {option} eingehängt</translation>
  </message>
  <message>
   <source>a network folder ({system}) whose locks should reach the server</source>
   <translation>ein Netzwerkordner ({system}), dessen Sperren den Server erreichen sollten</translation>
  </message>
  <message>
   <source>a view needs a name of up to {most} letters</source>
   <translation>eine Ansicht braucht einen Namen mit höchstens {most} Zeichen</translation>
  </message>
  <message>
   <source>another plugin has the id {id!r} already ({first})</source>
   <translation>ein anderes Plugin hat die Id {id!r} schon ({first})</translation>
  </message>
  <message>
   <source>another program had set its journal mode to WAL; it was set back</source>
   <translation>ein anderes Programm hatte das Journal auf WAL gestellt; es wurde zurückgestellt</translation>
  </message>
  <message>
   <source>another program holds the file; close it there and try again</source>
   <translation>ein anderes Programm hält die Datei; dort schließen und erneut versuchen</translation>
  </message>
  <message>
   <source>another program set its journal mode to WAL, which is safe on a disk of this machine only; make a copy there and work in that</source>
   <translation>ein anderes Programm hat das Journal auf WAL gestellt, das nur auf einem Datenträger dieses Rechners sicher ist; dort eine Kopie anlegen und darin arbeiten</translation>
  </message>
  <message>
   <source>another view is called {view!r}</source>
   <translation>eine andere Ansicht heißt schon {view!r}</translation>
  </message>
  <message>
   <source>beside it lies {journal}, which is no journal of this program and could do harm; move it away, or ask for another copy</source>
   <translation>daneben liegt {journal}, das kein Journal dieses Programms ist und schaden könnte; es wegbewegen, oder um eine andere Kopie bitten</translation>
  </message>
  <message>
   <source>cells in the row: {found}, in the header: {expected}</source>
   <translation>Zellen in der Zeile: {found}, im Kopf: {expected}</translation>
  </message>
  <message>
   <source>changes by {person} on {device} are missing ({count}), made between {since} and {until} (UTC)</source>
   <translation>Änderungen von {person} auf {device} fehlen ({count}), entstanden zwischen {since} und {until} (UTC)</translation>
  </message>
  <message>
   <source>copies of the project took in different files of this name; which is meant is not known</source>
   <translation>Kopien des Projekts haben verschiedene Dateien dieses Namens aufgenommen; welche gemeint ist, ist nicht bekannt</translation>
  </message>
  <message>
   <source>decoded it would be longer than {hours} hours, which is more than is kept here</source>
   <translation>dekodiert wäre sie länger als {hours} Stunden, und das ist mehr, als hier behalten wird</translation>
  </message>
  <message>
   <source>decoding the image ended the process it was done in; the image is not shown</source>
   <translation>der Prozess, der das Bild dekodierte, ist daran gescheitert; das Bild wird nicht gezeigt</translation>
  </message>
  <message>
   <source>decoding the image took longer than {seconds} s and was given up</source>
   <translation>das Bild zu dekodieren dauerte länger als {seconds} s und wurde aufgegeben</translation>
  </message>
  <message>
   <source>decoding the image was called off</source>
   <translation>das Dekodieren des Bildes wurde abgebrochen</translation>
  </message>
  <message>
   <source>it covers nothing</source>
   <translation>die Region bedeckt nichts</translation>
  </message>
  <message>
   <source>it has {size} MB, and a project takes in up to {limit} MB; import it by reference</source>
   <translation>sie hat {size} MB, und ein Projekt nimmt bis zu {limit} MB auf; als Verweis importieren</translation>
  </message>
  <message>
   <source>it is no image of a kind that is read here</source>
   <translation>es ist kein Bild einer Art, die hier gelesen wird</translation>
  </message>
  <message>
   <source>it is no ordinary file but a {kind}; nothing was opened</source>
   <translation>es ist keine gewöhnliche Datei, sondern: {kind}; nichts wurde geöffnet</translation>
  </message>
  <message>
   <source>it lies in {reason}: what another machine writes at the same time is not noticed; make a copy (backup), work there and merge it back</source>
   <translation>Ort: {reason}: was ein anderer Rechner zugleich schreibt, wird nicht bemerkt; eine Kopie anlegen (backup), darin arbeiten und sie zurückführen</translation>
  </message>
  <message>
   <source>it lies outside the image of {width} × {height} pixels</source>
   <translation>die Region liegt außerhalb des Bildes von {width} × {height} Pixeln</translation>
  </message>
  <message>
   <source>its folder does not exist; make it, or name another</source>
   <translation>der Ordner dafür existiert nicht; lege ihn an oder nenne einen anderen</translation>
  </message>
  <message>
   <source>its name is no text; rename the file</source>
   <translation>der Name ist kein Text; die Datei umbenennen</translation>
  </message>
  <message>
   <source>made by a newer version (format {found}); this one reads up to {known}, update it</source>
   <translation>von einer neueren Version angelegt (Format {found}); diese liest bis {known}, also aktualisieren</translation>
  </message>
  <message>
   <source>made by an older version (format {found}); open it once to bring it to {known}</source>
   <translation>mit einer älteren Version angelegt (Format {found}); einmal öffnen bringt sie auf {known}</translation>
  </message>
  <message>
   <source>made for api {wanted}, this program has {offered}</source>
   <translation>für api {wanted} gemacht, dieses Programm hat {offered}</translation>
  </message>
  <message>
   <source>made for kit {wanted}, this program has {offered}</source>
   <translation>für kit {wanted} gemacht, dieses Programm hat {offered}</translation>
  </message>
  <message>
   <source>more is damaged than can be put right in place: {reason}; name a new file to make of what can be proven</source>
   <translation>mehr ist beschädigt, als sich in der Datei richten lässt: {reason}; eine neue Datei nennen, für alles, was sich beweisen lässt</translation>
  </message>
  <message>
   <source>name the part this region is on: the content has {count}</source>
   <translation>den Teil nennen, auf dem diese Region liegt: Der Inhalt hat {count}</translation>
  </message>
  <message>
   <source>no decoder here reads this: {reason}</source>
   <translation>kein Dekodierer hier liest das: {reason}</translation>
  </message>
  <message>
   <source>no plugin brings the panel {panel!r}</source>
   <translation>kein Plugin bringt das Panel {panel!r}</translation>
  </message>
  <message>
   <source>no task of the queue {queue!r} is free to be handed out</source>
   <translation>in der Warteschlange {queue!r} ist keine Aufgabe für ein Aufgabenpaket frei</translation>
  </message>
  <message>
   <source>nobody here is called {person!r}</source>
   <translation>niemand heißt hier {person!r}</translation>
  </message>
  <message>
   <source>not JSON: {reason}</source>
   <translation>kein JSON: {reason}</translation>
  </message>
  <message>
   <source>not a project but a packed file ({kind}); unpack it and choose what is in it</source>
   <translation>kein Projekt, sondern eine gepackte Datei ({kind}); sie entpacken und wählen, was darin ist</translation>
  </message>
  <message>
   <source>not a project: the SQLite database belongs to another program; choose another file</source>
   <translation>kein Projekt: Die SQLite-Datenbank gehört einem anderen Programm; eine andere Datei wählen</translation>
  </message>
  <message>
   <source>not a project: the file begins with zeros, as one does whose copying was broken off; copy it again from where it came</source>
   <translation>kein Projekt: Die Datei beginnt mit Nullen, wie eine, deren Kopieren abgebrochen wurde; noch einmal von dort kopieren, woher sie kam</translation>
  </message>
  <message>
   <source>not a project: the file is not an SQLite database; choose another one, or decrypt it first if it is encrypted</source>
   <translation>kein Projekt: Die Datei ist keine SQLite-Datenbank; eine andere wählen, oder sie erst entschlüsseln, falls sie verschlüsselt ist</translation>
  </message>
  <message>
   <source>not {encoding}: byte {byte} at position {at}</source>
   <translation>nicht {encoding}: Byte {byte} an Stelle {at}</translation>
  </message>
  <message>
   <source>nothing in it could be recovered; a backup is the way back</source>
   <translation>darin ließ sich nichts retten; der Weg zurück ist eine Sicherung</translation>
  </message>
  <message>
   <source>of what {search!r} finds, no task of the queue {queue!r} is free to be handed out</source>
   <translation>unter dem, was {search!r} findet, ist in der Warteschlange {queue!r} keine Aufgabe für ein Aufgabenpaket frei</translation>
  </message>
  <message>
   <source>only a coordinator gives roles; {person} is none</source>
   <translation>Rollen vergibt nur, wer koordiniert; {person} tut das nicht</translation>
  </message>
  <message>
   <source>opening it in a process of its own took more than {seconds} s or {memory} MB; it was not opened here; ask whoever sent it for another copy</source>
   <translation>sie in einem eigenen Prozess zu öffnen brauchte mehr als {seconds} s oder {memory} MB; hier wurde sie nicht geöffnet; um eine andere Kopie bitten, wer sie geschickt hat</translation>
  </message>
  <message>
   <source>opening it took longer than {seconds} s and was given up; ask for another copy, or repair it into a new file</source>
   <translation>das Öffnen dauerte länger als {seconds} s und wurde abgebrochen; um eine andere Kopie bitten, oder sie in eine neue Datei reparieren</translation>
  </message>
  <message>
   <source>parts that no longer prove what they were ({count}) were set aside</source>
   <translation>Teile, die nicht mehr beweisen, was sie waren ({count}), wurden beiseitegelegt</translation>
  </message>
  <message>
   <source>permission denied: {reason}</source>
   <translation>keine Berechtigung: {reason}</translation>
  </message>
  <message>
   <source>read as {encoding}</source>
   <translation>als {encoding} gelesen</translation>
  </message>
  <message>
   <source>say what {field} is to be, right after the colon (letter {at})</source>
   <translation>gleich nach dem Doppelpunkt angeben, was {field} sein soll (Zeichen {at})</translation>
  </message>
  <message>
   <source>several panels have the format {format!r}: {panels}; say which queue is meant</source>
   <translation>mehrere Panels haben das Format {format!r}: {panels}; angeben, welche Warteschlange gemeint ist</translation>
  </message>
  <message>
   <source>shown at 1/{factor} of its size: all of it needs {need} MB of memory</source>
   <translation>mit 1/{factor} seiner Größe gezeigt: Ganz braucht es {need} MB Speicher</translation>
  </message>
  <message>
   <source>stretches that cannot be decoded ({count}) are silent, the first from {time} s</source>
   <translation>Strecken, die sich nicht dekodieren lassen ({count}), sind stumm, die erste ab {time} s</translation>
  </message>
  <message>
   <source>the bytes of the medium {path!r} are not in the project</source>
   <translation>die Bytes des Mediums {path!r} sind nicht im Projekt</translation>
  </message>
  <message>
   <source>the conflict about {entity!r} has other versions by now; look at it again</source>
   <translation>der Konflikt um {entity!r} hat inzwischen andere Fassungen; noch einmal ansehen</translation>
  </message>
  <message>
   <source>the content has no part {part!r}{hint}</source>
   <translation>der Inhalt hat keinen Teil {part!r}{hint}</translation>
  </message>
  <message>
   <source>the content of this task is not here yet</source>
   <translation>der Inhalt dieser Aufgabe ist noch nicht da</translation>
  </message>
  <message>
   <source>the disk is full; nothing was lost, free some space or save elsewhere</source>
   <translation>die Platte ist voll; nichts ging verloren, Platz schaffen oder woanders speichern</translation>
  </message>
  <message>
   <source>the disk refused: {reason}</source>
   <translation>die Platte hat abgelehnt: {reason}</translation>
  </message>
  <message>
   <source>the file cannot be read: {reason}</source>
   <translation>die Datei ist nicht lesbar: {reason}</translation>
  </message>
  <message>
   <source>the file changed while it was read</source>
   <translation>die Datei hat sich beim Lesen geändert</translation>
  </message>
  <message>
   <source>the file has another hard link; copy it and open the copy</source>
   <translation>die Datei hat einen zweiten harten Link; kopieren und die Kopie öffnen</translation>
  </message>
  <message>
   <source>the file has several pictures; the first one is shown</source>
   <translation>die Datei enthält mehrere Bilder; das erste wird gezeigt</translation>
  </message>
  <message>
   <source>the file holds tables this program did not make: {name}; ask for another copy, or repair it into a new file</source>
   <translation>die Datei enthält Tabellen, die nicht dieses Programm angelegt hat: {name}; um eine andere Kopie bitten, oder sie in eine neue Datei reparieren</translation>
  </message>
  <message>
   <source>the file is cut: its head tells of {told} s, {found} s are there</source>
   <translation>die Datei ist abgeschnitten: Ihr Kopf nennt {told} s, da sind {found} s</translation>
  </message>
  <message>
   <source>the file is damaged: {reason}</source>
   <translation>die Datei ist beschädigt: {reason}</translation>
  </message>
  <message>
   <source>the file is damaged: {reason}; copy it again, or repair it and merge what that saves</source>
   <translation>die Datei ist beschädigt: {reason}; noch einmal kopieren, oder sie reparieren und zusammenführen, was das rettet</translation>
  </message>
  <message>
   <source>the file is damaged: {reason}; repair it into a new file, or go on with a backup</source>
   <translation>die Datei ist beschädigt: {reason}; sie in eine neue Datei reparieren, oder mit einer Sicherung weitermachen</translation>
  </message>
  <message>
   <source>the file is empty</source>
   <translation>die Datei ist leer</translation>
  </message>
  <message>
   <source>the file is empty; copy it again from where it came</source>
   <translation>die Datei ist leer; noch einmal von dort kopieren, woher sie kam</translation>
  </message>
  <message>
   <source>the file is there already; choose another name</source>
   <translation>die Datei gibt es schon; einen anderen Namen wählen</translation>
  </message>
  <message>
   <source>the file or its folder can only be read; work in a copy of it</source>
   <translation>die Datei oder ihr Ordner lässt sich nur lesen; in einer Kopie arbeiten</translation>
  </message>
  <message>
   <source>the format {format!r} has no {direction}</source>
   <translation>das Format {format!r} hat keinen {direction}</translation>
  </message>
  <message>
   <source>the hand-out to {person} was not finished, for {file} was never made; its tasks are free again</source>
   <translation>das Aufgabenpaket für {person} kam nicht zustande, denn {file} wurde nie geschrieben; die Aufgaben darin sind wieder frei</translation>
  </message>
  <message>
   <source>the head does not say how long it is; it is read as far as it goes</source>
   <translation>der Kopf sagt nicht, wie lang sie ist; gelesen wird, so weit es geht</translation>
  </message>
  <message>
   <source>the id {key!r} was used before, with other content; kept as another task</source>
   <translation>die Id {key!r} kam schon vor, mit anderem Inhalt; als weitere Aufgabe behalten</translation>
  </message>
  <message>
   <source>the image is damaged: {reason}</source>
   <translation>das Bild ist beschädigt: {reason}</translation>
  </message>
  <message>
   <source>the image is damaged: {reason}; what could be read of it is shown</source>
   <translation>das Bild ist beschädigt: {reason}; was sich lesen ließ, wird gezeigt</translation>
  </message>
  <message>
   <source>the image of {width} × {height} pixels needs {need} MB of memory, {budget} MB are allowed</source>
   <translation>das Bild von {width} × {height} Pixeln braucht {need} MB Speicher, erlaubt sind {budget} MB</translation>
  </message>
  <message>
   <source>the key {task!r} means {count} tasks: {uids}</source>
   <translation>der Schlüssel {task!r} meint {count} Aufgaben: {uids}</translation>
  </message>
  <message>
   <source>the label {label!r} is not for a {type}</source>
   <translation>das Label {label!r} ist nicht für {type}</translation>
  </message>
  <message>
   <source>the label {label!r} was added to the set</source>
   <translation>das Label {label!r} kam zum Satz hinzu</translation>
  </message>
  <message>
   <source>the line has a NUL byte</source>
   <translation>die Zeile enthält ein NUL-Byte</translation>
  </message>
  <message>
   <source>the line is longer than {limit} MB</source>
   <translation>die Zeile ist länger als {limit} MB</translation>
  </message>
  <message>
   <source>the line is not a JSON table of names and values</source>
   <translation>die Zeile ist keine JSON-Tabelle aus Namen und Werten</translation>
  </message>
  <message>
   <source>the lines {start}–{end} do not lie in the text, which ends with line {length}</source>
   <translation>die Zeilen {start}–{end} liegen nicht im Text, der mit Zeile {length} endet</translation>
  </message>
  <message>
   <source>the medium {path!r} in the project is damaged: {reason}</source>
   <translation>das Medium {path!r} im Projekt ist beschädigt: {reason}</translation>
  </message>
  <message>
   <source>the path leads out of its media folder; nothing was opened</source>
   <translation>der Pfad führt aus seinem Medienordner hinaus; nichts wurde geöffnet</translation>
  </message>
  <message>
   <source>the plugin stopped: {reason}</source>
   <translation>das Plugin wurde angehalten: {reason}</translation>
  </message>
  <message>
   <source>the plugin {panel!r} brings no editor</source>
   <translation>das Plugin {panel!r} bringt keinen Editor</translation>
  </message>
  <message>
   <source>the project file was renamed, moved or deleted while it was open</source>
   <translation>die Projektdatei wurde umbenannt, verschoben oder gelöscht, während sie geöffnet war</translation>
  </message>
  <message>
   <source>the project has taken in another file of this name; import this one from a folder of another name</source>
   <translation>das Projekt hat eine andere Datei dieses Namens aufgenommen; diese aus einem Ordner mit anderem Namen importieren</translation>
  </message>
  <message>
   <source>the project has {count} queues; name one with --queue</source>
   <translation>das Projekt hat {count} Warteschlangen; eine mit --queue nennen</translation>
  </message>
  <message>
   <source>the question {title!r} needs an answer</source>
   <translation>die Frage {title!r} braucht eine Antwort</translation>
  </message>
  <message>
   <source>the queue {queue!r} is for the panel {panel!r}</source>
   <translation>die Warteschlange {queue!r} ist für das Panel {panel!r}</translation>
  </message>
  <message>
   <source>the region id {id!r} is used twice</source>
   <translation>die Region-Id {id!r} kommt zweimal vor</translation>
  </message>
  <message>
   <source>the relation points to {id!r}, and there is no such region</source>
   <translation>die Beziehung zeigt auf {id!r}, und diese Region gibt es nicht</translation>
  </message>
  <message>
   <source>the search has {count} words and conditions, {most} are allowed</source>
   <translation>die Suche hat {count} Wörter und Bedingungen, {most} sind erlaubt</translation>
  </message>
  <message>
   <source>the segment has no length: it starts and ends at {time}</source>
   <translation>das Segment hat keine Länge: Es beginnt und endet bei {time}</translation>
  </message>
  <message>
   <source>the span {start}–{end} does not lie in the text, which ends at {length}</source>
   <translation>die Spanne {start}–{end} liegt nicht im Text, der bei {length} endet</translation>
  </message>
  <message>
   <source>the task has {count} people's work and this format holds one; choose with --by or --source</source>
   <translation>an der Aufgabe haben {count} Personen gearbeitet, und dieses Format fasst eine; mit --by oder --source wählen</translation>
  </message>
  <message>
   <source>the text under the span is {found!r}, not {told!r}</source>
   <translation>der Text unter der Spanne ist {found!r}, nicht {told!r}</translation>
  </message>
  <message>
   <source>the time {time} lies past the end of the recording at {end}</source>
   <translation>der Zeitpunkt {time} liegt hinter dem Ende der Aufnahme bei {end}</translation>
  </message>
  <message>
   <source>the value is an older version of what is here; nothing was changed</source>
   <translation>der Wert ist eine ältere Fassung dessen, was hier ist; nichts wurde geändert</translation>
  </message>
  <message>
   <source>there is no column {column!r}{hint}</source>
   <translation>es gibt keine Spalte {column!r}{hint}</translation>
  </message>
  <message>
   <source>there is no conflict about {entity!r}{hint}</source>
   <translation>es gibt keinen Konflikt um {entity!r}{hint}</translation>
  </message>
  <message>
   <source>there is no field {field!r} to search by{hint} (letter {at}); put it in quotes to look for the words</source>
   <translation>es gibt kein Feld {field!r}, nach dem gesucht werden kann{hint} (Zeichen {at}); in Anführungszeichen werden die Wörter gesucht</translation>
  </message>
  <message>
   <source>there is no format {format!r}{hint}</source>
   <translation>es gibt kein Format {format!r}{hint}</translation>
  </message>
  <message>
   <source>there is no hand-out {handout!r}</source>
   <translation>es gibt kein Aufgabenpaket {handout!r}</translation>
  </message>
  <message>
   <source>there is no layer {layer!r}</source>
   <translation>es gibt keine Ebene {layer!r}</translation>
  </message>
  <message>
   <source>there is no question {question!r}{hint}</source>
   <translation>es gibt keine Frage {question!r}{hint}</translation>
  </message>
  <message>
   <source>there is no queue {queue!r}{hint}</source>
   <translation>es gibt keine Warteschlange {queue!r}{hint}</translation>
  </message>
  <message>
   <source>there is no role {role!r}, only {known}</source>
   <translation>es gibt keine Rolle {role!r}, nur {known}</translation>
  </message>
  <message>
   <source>there is no saved view {view!r}{hint}</source>
   <translation>es gibt keine gespeicherte Ansicht {view!r}{hint}</translation>
  </message>
  <message>
   <source>there is no search index on this machine, so searches take longer: {reason}</source>
   <translation>auf diesem Rechner gibt es keinen Suchindex, Suchen dauern deshalb länger: {reason}</translation>
  </message>
  <message>
   <source>there is no sound in it</source>
   <translation>es ist kein Ton darin</translation>
  </message>
  <message>
   <source>there is no such file</source>
   <translation>diese Datei gibt es nicht</translation>
  </message>
  <message>
   <source>there is no task {task!r}</source>
   <translation>es gibt keine Aufgabe {task!r}</translation>
  </message>
  <message>
   <source>there is no template {template!r}{hint}</source>
   <translation>es gibt keine Vorlage {template!r}{hint}</translation>
  </message>
  <message>
   <source>there is no text in it</source>
   <translation>es ist kein Text darin</translation>
  </message>
  <message>
   <source>there is no text in {part!r} to mark</source>
   <translation>in {part!r} gibt es keinen Text zum Markieren</translation>
  </message>
  <message>
   <source>there was no task {key!r}; made without its content</source>
   <translation>es gab keine Aufgabe {key!r}; ohne ihren Inhalt angelegt</translation>
  </message>
  <message>
   <source>this is a copy of another project; to take its tasks in, export them there as native and import that</source>
   <translation>das ist eine Kopie eines anderen Projekts; um seine Aufgaben zu übernehmen, sie dort als native exportieren und das importieren</translation>
  </message>
  <message>
   <source>this is a folder, not a file; choose a file in it</source>
   <translation>das ist ein Ordner, keine Datei; eine Datei darin wählen</translation>
  </message>
  <message>
   <source>this is a project, and its work is taken in by a merge, not by an import</source>
   <translation>das ist ein Projekt, und seine Arbeit kommt durch Zusammenführen herein, nicht durch einen Import</translation>
  </message>
  <message>
   <source>this is no ordinary file but a pipe, a device or the like; choose a file</source>
   <translation>das ist keine gewöhnliche Datei, sondern eine Pipe, ein Gerät oder dergleichen; eine Datei wählen</translation>
  </message>
  <message>
   <source>this is one file and has room for one task; name a folder instead</source>
   <translation>das ist eine Datei und hat Platz für eine Aufgabe; stattdessen einen Ordner nennen</translation>
  </message>
  <message>
   <source>this is the open project itself; choose another copy of it</source>
   <translation>das ist das geöffnete Projekt selbst; eine andere Kopie davon wählen</translation>
  </message>
  <message>
   <source>this queue's panel makes no region of type {type!r}{hint}</source>
   <translation>das Panel dieser Warteschlange macht keine Region der Art {type!r}{hint}</translation>
  </message>
  <message>
   <source>this task was changed in another window meanwhile; your last change was not kept: make it again</source>
   <translation>diese Aufgabe wurde inzwischen in einem anderen Fenster geändert; die letzte Änderung wurde nicht behalten: noch einmal machen</translation>
  </message>
  <message>
   <source>two tasks have the key that {entity!r} is for; no value settles that</source>
   <translation>zwei Aufgaben haben den Schlüssel, zu dem {entity!r} gehört; das entscheidet kein Wert</translation>
  </message>
  <message>
   <source>what came from {source} and does not prove itself is set aside: {reason}</source>
   <translation>was aus {source} kam und sich nicht beweist, ist beiseitegelegt: {reason}</translation>
  </message>
  <message>
   <source>where the media folder {root!r} lies could not be remembered: {reason}</source>
   <translation>wo der Medienordner {root!r} liegt, konnte nicht gemerkt werden: {reason}</translation>
  </message>
  <message>
   <source>you may not read it; ask its owner for the right to, or for a copy</source>
   <translation>sie darf hier nicht gelesen werden; ihren Besitzer um das Recht dazu bitten, oder um eine Kopie</translation>
  </message>
  <message>
   <source>you may not write to its folder; choose another one</source>
   <translation>in ihren Ordner darf hier nicht geschrieben werden; einen anderen wählen</translation>
  </message>
  <message>
   <source>your work is kept in your copy, and merged back when the file can be reached: {reason}</source>
   <translation>die Arbeit bleibt in der Kopie und wird zurückgeführt, sobald die Datei erreichbar ist: {reason}</translation>
  </message>
  <message>
   <source>{bits} bits a pixel: values from {low} to {high} are stretched to be seen</source>
   <translation>{bits} Bit pro Pixel: Werte von {low} bis {high} werden gespreizt, damit man sie sieht</translation>
  </message>
  <message>
   <source>{field} cannot be compared with {operator} here; name its value (letter {at})</source>
   <translation>{field} lässt sich hier nicht mit {operator} vergleichen; den Wert nennen (Zeichen {at})</translation>
  </message>
  <message>
   <source>{field} has no points in order, so {operator} means nothing; name its value</source>
   <translation>{field} hat keine geordneten Stufen, {operator} bedeutet daher nichts; den Wert nennen</translation>
  </message>
  <message>
   <source>{label!r} is not in the label set{hint}</source>
   <translation>{label!r} ist nicht im Label-Satz{hint}</translation>
  </message>
  <message>
   <source>{person} edits it on {host}, and locks do not reach other machines here: both would overwrite each other</source>
   <translation>{person} bearbeitet es auf {host}, und Sperren erreichen hier keine anderen Rechner: beide würden einander überschreiben</translation>
  </message>
  <message>
   <source>{person} has it open on {host}; your work is kept in your copy and merged back later</source>
   <translation>{person} hat es auf {host} geöffnet; die Arbeit bleibt in der Kopie und wird später zurückgeführt</translation>
  </message>
  <message>
   <source>{person} has this task open in another window (process {pid} on {host})</source>
   <translation>{person} hat diese Aufgabe in einem anderen Fenster geöffnet (Prozess {pid} auf {host})</translation>
  </message>
  <message>
   <source>{score} is no score from 0 to 1; the value was taken in without it</source>
   <translation>{score} ist keine Punktzahl von 0 bis 1; der Wert wurde ohne sie aufgenommen</translation>
  </message>
  <message>
   <source>{value!r} is no value of {field}{hint} (letter {at})</source>
   <translation>{value!r} ist kein Wert von {field}{hint} (Zeichen {at})</translation>
  </message>
  <message>
   <source>{word!r} is too short for a part of a word; write {least} letters (letter {at})</source>
   <translation>{word!r} ist zu kurz für einen Wortteil; {least} Buchstaben schreiben (Zeichen {at})</translation>
  </message>
 </context>
 <context>
  <name>Progress</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation>{done} von {total}</translation>
  </message>
 </context>
 <context>
  <name>ProjectList</name>
  <message>
   <source>Del</source>
   <translation>Entf</translation>
  </message>
  <message>
   <source>Find file…</source>
   <translation>Datei suchen…</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Öffnen</translation>
  </message>
  <message>
   <source>Take off this list</source>
   <translation>Von dieser Liste nehmen</translation>
  </message>
 </context>
 <context>
  <name>QuestionBlock</name>
  <message>
   <source>Open the guideline: {rule}</source>
   <translation>Leitfaden öffnen: {rule}</translation>
  </message>
  <message>
   <source>Selected</source>
   <translation>Ausgewählt</translation>
  </message>
  <message>
   <source>{place}: different answers</source>
   <translation>{place}: verschiedene Antworten</translation>
  </message>
 </context>
 <context>
  <name>QuestionDetail</name>
  <message>
   <source>A retired question is asked nowhere; its answers are kept.</source>
   <translation>Eine stillgelegte Frage wird nirgends gestellt; ihre Antworten bleiben erhalten.</translation>
  </message>
  <message>
   <source>An answer is required</source>
   <translation>Eine Antwort ist Pflicht</translation>
  </message>
  <message>
   <source>Ask again</source>
   <translation>Wieder stellen</translation>
  </message>
  <message>
   <source>Asked nowhere; the answers it has are kept, and hidden.</source>
   <translation>Wird nirgends gestellt; ihre Antworten bleiben erhalten und sind verborgen.</translation>
  </message>
  <message>
   <source>Asked of</source>
   <translation>Gefragt zu</translation>
  </message>
  <message>
   <source>Each part</source>
   <translation>Jeder Teil</translation>
  </message>
  <message>
   <source>Each region</source>
   <translation>Jede Region</translation>
  </message>
  <message>
   <source>Help, one line below the title</source>
   <translation>Hilfe, eine Zeile unter dem Titel</translation>
  </message>
  <message>
   <source>Id</source>
   <translation>Id</translation>
  </message>
  <message>
   <source>Id, kind and what it is asked of stay as they are: answers are stored by them. For another kind, retire this question and add one.</source>
   <translation>Id, Art und wozu gefragt wird, bleiben: Danach sind Antworten abgelegt. Für eine andere Art diese Frage stilllegen und eine neue hinzufügen.</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>Kind of part, for example response or turn</source>
   <translation>Art des Teils, etwa response oder turn</translation>
  </message>
  <message>
   <source>Only for regions with these labels</source>
   <translation>Nur für Regionen mit diesen Labels</translation>
  </message>
  <message>
   <source>Only for regions with these labels; none for all</source>
   <translation>Nur für Regionen mit diesen Labels; keines für alle</translation>
  </message>
  <message>
   <source>Retire</source>
   <translation>Stilllegen</translation>
  </message>
  <message>
   <source>Rule: the heading in the guidelines that explains it</source>
   <translation>Regel: die Überschrift im Leitfaden, die sie erklärt</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Titel</translation>
  </message>
  <message>
   <source>When it is asked</source>
   <translation>Wann gefragt wird</translation>
  </message>
  <message>
   <source>Whole task</source>
   <translation>Ganze Aufgabe</translation>
  </message>
 </context>
 <context>
  <name>QuestionForm</name>
  <message numerus="yes">
   <source>%n selected</source>
   <translation>
    <numerusform>%n ausgewählt</numerusform>
    <numerusform>%n ausgewählt</numerusform>
   </translation>
  </message>
  <message>
   <source>Questions</source>
   <translation>Fragen</translation>
  </message>
  <message>
   <source>Select a region to answer questions about it</source>
   <translation>Eine Region auswählen, um Fragen dazu zu beantworten</translation>
  </message>
  <message>
   <source>There are no questions about regions like this</source>
   <translation>Zu solchen Regionen gibt es keine Fragen</translation>
  </message>
  <message>
   <source>This queue asks no questions here</source>
   <translation>Diese Warteschlange stellt hier keine Fragen</translation>
  </message>
 </context>
 <context>
  <name>QuestionPreview</name>
  <message>
   <source>Preview</source>
   <translation>Vorschau</translation>
  </message>
 </context>
 <context>
  <name>QuestionSetEditor</name>
  <message>
   <source>A question asks about the whole task, about each part or about each region.</source>
   <translation>Eine Frage gilt der ganzen Aufgabe, jedem Teil oder jeder Region.</translation>
  </message>
  <message>
   <source>Add question</source>
   <translation>Frage hinzufügen</translation>
  </message>
  <message>
   <source>Delete question</source>
   <translation>Frage löschen</translation>
  </message>
  <message>
   <source>Move down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>No questions yet</source>
   <translation>Noch keine Fragen</translation>
  </message>
  <message>
   <source>Questions</source>
   <translation>Fragen</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
 </context>
 <context>
  <name>Questions</name>
  <message>
   <source>A question cannot depend on itself</source>
   <translation>Eine Frage kann nicht von sich selbst abhängen</translation>
  </message>
  <message>
   <source>Add a column</source>
   <translation>Eine Spalte hinzufügen</translation>
  </message>
  <message>
   <source>Add something to choose</source>
   <translation>Etwas zur Auswahl hinzufügen</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Adresse</translation>
  </message>
  <message>
   <source>Any of several</source>
   <translation>Beliebig viele von mehreren</translation>
  </message>
  <message>
   <source>Asked of at least, in parts</source>
   <translation>Gestellt ab, in Teilen</translation>
  </message>
  <message>
   <source>Asked of at most, in parts</source>
   <translation>Gestellt bis, in Teilen</translation>
  </message>
  <message>
   <source>At least</source>
   <translation>Mindestens</translation>
  </message>
  <message>
   <source>At least, in characters</source>
   <translation>Mindestens, in Zeichen</translation>
  </message>
  <message>
   <source>At least, in messages</source>
   <translation>Mindestens, in Nachrichten</translation>
  </message>
  <message>
   <source>At least, in rows</source>
   <translation>Mindestens, in Zeilen</translation>
  </message>
  <message>
   <source>At most</source>
   <translation>Höchstens</translation>
  </message>
  <message>
   <source>At most, in characters</source>
   <translation>Höchstens, in Zeichen</translation>
  </message>
  <message>
   <source>At most, in rows</source>
   <translation>Höchstens, in Zeilen</translation>
  </message>
  <message>
   <source>Begin with the text of the part</source>
   <translation>Mit dem Text des Teils beginnen</translation>
  </message>
  <message>
   <source>Choose or write an answer</source>
   <translation>Eine Antwort wählen oder schreiben</translation>
  </message>
  <message>
   <source>Choose the question it depends on</source>
   <translation>Die Frage wählen, von der sie abhängt</translation>
  </message>
  <message>
   <source>Date</source>
   <translation>Datum</translation>
  </message>
  <message>
   <source>From</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>Kind of part that is compared</source>
   <translation>Art des Teils, der verglichen wird</translation>
  </message>
  <message>
   <source>Least</source>
   <translation>Kleinste</translation>
  </message>
  <message>
   <source>Letters, digits and _ only</source>
   <translation>Nur Buchstaben, Ziffern und _</translation>
  </message>
  <message>
   <source>Messages</source>
   <translation>Nachrichten</translation>
  </message>
  <message>
   <source>More than {most} points; ask for a number instead</source>
   <translation>Mehr als {most} Punkte; besser nach einer Zahl fragen</translation>
  </message>
  <message>
   <source>Most</source>
   <translation>Größte</translation>
  </message>
  <message>
   <source>Name each role once, separated by commas</source>
   <translation>Jede Rolle einmal nennen, mit Kommas getrennt</translation>
  </message>
  <message>
   <source>Name the kind of part, for example response</source>
   <translation>Die Art des Teils nennen, etwa response</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>Zahl</translation>
  </message>
  <message>
   <source>One letter, digit or sign</source>
   <translation>Ein Buchstabe, eine Ziffer oder ein Zeichen</translation>
  </message>
  <message>
   <source>One of several</source>
   <translation>Eine von mehreren</translation>
  </message>
  <message>
   <source>Preference between two</source>
   <translation>Präferenz zwischen zweien</translation>
  </message>
  <message>
   <source>Ranking</source>
   <translation>Rangfolge</translation>
  </message>
  <message>
   <source>Roles, separated by commas</source>
   <translation>Rollen, mit Kommas getrennt</translation>
  </message>
  <message>
   <source>Rows with columns</source>
   <translation>Zeilen mit Spalten</translation>
  </message>
  <message>
   <source>Scale</source>
   <translation>Skala</translation>
  </message>
  <message>
   <source>Several lines</source>
   <translation>Mehrere Zeilen</translation>
  </message>
  <message>
   <source>Several may share a rank</source>
   <translation>Mehrere dürfen einen Rang teilen</translation>
  </message>
  <message>
   <source>Step</source>
   <translation>Schritt</translation>
  </message>
  <message>
   <source>Strongest preference</source>
   <translation>Stärkste Präferenz</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>That question is not there any more; choose another</source>
   <translation>Diese Frage gibt es nicht mehr; eine andere wählen</translation>
  </message>
  <message>
   <source>The answer “{owner}” has this key; choose another</source>
   <translation>Die Antwort „{owner}“ hat diese Taste; eine andere wählen</translation>
  </message>
  <message>
   <source>The label “{owner}” has this key; choose another</source>
   <translation>Das Label „{owner}“ hat diese Taste; eine andere wählen</translation>
  </message>
  <message>
   <source>The step must be above 0</source>
   <translation>Der Schritt muss über 0 liegen</translation>
  </message>
  <message>
   <source>There are not so many choices</source>
   <translation>So viele Antworten gibt es nicht</translation>
  </message>
  <message>
   <source>This cannot be stored: {reason}</source>
   <translation>Das lässt sich nicht speichern: {reason}</translation>
  </message>
  <message>
   <source>This id is taken; choose a different one</source>
   <translation>Diese Id ist vergeben; eine andere wählen</translation>
  </message>
  <message>
   <source>This key runs “{owner}” on the Work page; choose another</source>
   <translation>Diese Taste löst auf der Seite Arbeit „{owner}“ aus; eine andere wählen</translation>
  </message>
  <message>
   <source>This must be above the lower one</source>
   <translation>Das muss über dem unteren Wert liegen</translation>
  </message>
  <message>
   <source>This title is there twice; choose a different one</source>
   <translation>Dieser Titel kommt zweimal vor; einen anderen wählen</translation>
  </message>
  <message>
   <source>Tick</source>
   <translation>Häkchen</translation>
  </message>
  <message>
   <source>To</source>
   <translation>Bis</translation>
  </message>
  <message>
   <source>Unit</source>
   <translation>Einheit</translation>
  </message>
  <message>
   <source>Whole numbers only</source>
   <translation>Nur ganze Zahlen</translation>
  </message>
  <message>
   <source>Word at the lower end</source>
   <translation>Wort am unteren Ende</translation>
  </message>
  <message>
   <source>Word at the upper end</source>
   <translation>Wort am oberen Ende</translation>
  </message>
  <message>
   <source>Write a number</source>
   <translation>Eine Zahl schreiben</translation>
  </message>
  <message>
   <source>Write a number from 0</source>
   <translation>Eine Zahl ab 0 schreiben</translation>
  </message>
  <message>
   <source>Write a title</source>
   <translation>Einen Titel schreiben</translation>
  </message>
  <message>
   <source>Write a whole number</source>
   <translation>Eine ganze Zahl schreiben</translation>
  </message>
  <message>
   <source>Write a whole number from 1 to {most}</source>
   <translation>Eine ganze Zahl von 1 bis {most} schreiben</translation>
  </message>
  <message>
   <source>is</source>
   <translation>ist</translation>
  </message>
  <message>
   <source>is answered</source>
   <translation>ist beantwortet</translation>
  </message>
  <message>
   <source>is not</source>
   <translation>ist nicht</translation>
  </message>
  <message>
   <source>is not answered</source>
   <translation>ist nicht beantwortet</translation>
  </message>
  <message>
   <source>“{owner}” does not offer this any more; choose again</source>
   <translation>„{owner}“ bietet das nicht mehr an; neu wählen</translation>
  </message>
  <message>
   <source>“{owner}” is asked of something else; choose one asked of the same</source>
   <translation>„{owner}“ wird zu etwas anderem gefragt; eine wählen, die zum Selben gefragt wird</translation>
  </message>
 </context>
 <context>
  <name>QueueCard</name>
  <message>
   <source>All done</source>
   <translation>Alles erledigt</translation>
  </message>
  <message>
   <source>In conflict</source>
   <translation>Im Konflikt</translation>
  </message>
  <message>
   <source>No tasks so far</source>
   <translation>Noch keine Aufgaben</translation>
  </message>
  <message>
   <source>{count} flagged</source>
   <translation>{count} gemeldet</translation>
  </message>
  <message>
   <source>{count} returned</source>
   <translation>{count} zurückgegeben</translation>
  </message>
  <message>
   <source>{count} to do</source>
   <translation>{count} zu tun</translation>
  </message>
 </context>
 <context>
  <name>QueueChooser</name>
  <message>
   <source>Back to {task}</source>
   <translation>Zurück zu {task}</translation>
  </message>
  <message>
   <source>Choose a queue</source>
   <translation>Warteschlange wählen</translation>
  </message>
 </context>
 <context>
  <name>QueueGrid</name>
  <message>
   <source>Open to me in {project}</source>
   <translation>Für mich offen in {project}</translation>
  </message>
 </context>
 <context>
  <name>QueueLabelsDialog</name>
  <message>
   <source>Label set of {queue}</source>
   <translation>Label-Satz von {queue}</translation>
  </message>
  <message>
   <source>Label set saved</source>
   <translation>Label-Satz gespeichert</translation>
  </message>
  <message>
   <source>Save label set</source>
   <translation>Label-Satz speichern</translation>
  </message>
  <message>
   <source>The label set was not saved</source>
   <translation>Der Label-Satz wurde nicht gespeichert</translation>
  </message>
  <message>
   <source>{count} regions have it. Retire it: they keep it, and nobody is offered it.</source>
   <translation>{count} Regionen haben es. Stilllegen: Sie behalten es, und niemandem wird es angeboten.</translation>
  </message>
  <message>
   <source>{count} tasks have drafts, which may hold it. Submit them first, or retire the label.</source>
   <translation>{count} Aufgaben haben Entwürfe, in denen es stehen kann. Zuerst abgeben oder das Label stilllegen.</translation>
  </message>
  <message>
   <source>“{label}” is in use</source>
   <translation>„{label}“ wird verwendet</translation>
  </message>
  <message>
   <source>“{label}” may be in use</source>
   <translation>„{label}“ wird vielleicht verwendet</translation>
  </message>
 </context>
 <context>
  <name>QueuePartDialog</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Somebody changed them meanwhile. Open them again to see theirs.</source>
   <translation>Jemand hat sie inzwischen geändert. Neu öffnen, um den neuen Stand zu sehen.</translation>
  </message>
 </context>
 <context>
  <name>QueueQuestionsDialog</name>
  <message numerus="yes">
   <source>%n answer(s) have it, and nothing that was answered is deleted.</source>
   <translation>
    <numerusform>%n Antwort hat sie, und nichts Beantwortetes wird gelöscht.</numerusform>
    <numerusform>%n Antworten haben sie, und nichts Beantwortetes wird gelöscht.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n answer(s) will be hidden. Nothing is deleted: asked again, they are back.</source>
   <translation>
    <numerusform>%n Antwort wird verborgen. Nichts wird gelöscht: Wird wieder gefragt, ist sie zurück.</numerusform>
    <numerusform>%n Antworten werden verborgen. Nichts wird gelöscht: Wird wieder gefragt, sind sie zurück.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n task(s) have drafts, which may hold an answer. Submit them first.</source>
   <translation>
    <numerusform>%n Aufgabe hat einen Entwurf, in dem eine Antwort stehen kann. Zuerst abgeben.</numerusform>
    <numerusform>%n Aufgaben haben Entwürfe, in denen eine Antwort stehen kann. Zuerst abgeben.</numerusform>
   </translation>
  </message>
  <message>
   <source>It stays; it can be renamed.</source>
   <translation>Sie bleibt; umbenennen geht.</translation>
  </message>
  <message>
   <source>Questions of {queue}</source>
   <translation>Fragen von {queue}</translation>
  </message>
  <message>
   <source>Questions saved</source>
   <translation>Fragen gespeichert</translation>
  </message>
  <message>
   <source>Retire the question</source>
   <translation>Frage stilllegen</translation>
  </message>
  <message>
   <source>Retire “{title}”?</source>
   <translation>„{title}“ stilllegen?</translation>
  </message>
  <message>
   <source>Retired, it is asked nowhere; its answers are kept, and hidden.</source>
   <translation>Stillgelegt wird sie nirgends gestellt; ihre Antworten bleiben erhalten und sind verborgen.</translation>
  </message>
  <message>
   <source>Save questions</source>
   <translation>Fragen speichern</translation>
  </message>
  <message>
   <source>The questions were not saved</source>
   <translation>Die Fragen wurden nicht gespeichert</translation>
  </message>
  <message>
   <source>“{title}” is in use</source>
   <translation>„{title}“ wird verwendet</translation>
  </message>
  <message>
   <source>“{title}” may be in use</source>
   <translation>„{title}“ wird vielleicht verwendet</translation>
  </message>
 </context>
 <context>
  <name>RankingControl</name>
  <message>
   <source>Keep this order</source>
   <translation>Reihenfolge behalten</translation>
  </message>
  <message>
   <source>Move down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Not ranked yet: move one, or keep this order</source>
   <translation>Noch ohne Rang: etwas verschieben oder die Reihenfolge behalten</translation>
  </message>
  <message>
   <source>Split tie</source>
   <translation>Gleichstand lösen</translation>
  </message>
  <message>
   <source>Tie with above</source>
   <translation>Gleich mit darüber</translation>
  </message>
  <message>
   <source>{name}, not ranked</source>
   <translation>{name}, ohne Rang</translation>
  </message>
  <message>
   <source>{name}, rank {rank}</source>
   <translation>{name}, Rang {rank}</translation>
  </message>
  <message>
   <source>{name}, rank {rank}, tied with {others}</source>
   <translation>{name}, Rang {rank}, gleich mit {others}</translation>
  </message>
 </context>
 <context>
  <name>RawView</name>
  <message>
   <source>Annotation</source>
   <translation>Annotation</translation>
  </message>
  <message>
   <source>Content</source>
   <translation>Inhalt</translation>
  </message>
  <message>
   <source>Import it to work on the task. It can be flagged and skipped.</source>
   <translation>Importieren, um an der Aufgabe zu arbeiten. Melden und überspringen geht.</translation>
  </message>
  <message>
   <source>Install the plugin that brings it to work on this task. Until then it can be read, flagged and skipped, and what was done stays as it is.</source>
   <translation>Das Plugin installieren, das es bringt, um an dieser Aufgabe zu arbeiten. Bis dahin lässt sie sich lesen, melden und überspringen, und was getan wurde, bleibt, wie es ist.</translation>
  </message>
  <message>
   <source>The content cannot be shown</source>
   <translation>Der Inhalt kann nicht gezeigt werden</translation>
  </message>
  <message>
   <source>The content of this task is not here yet</source>
   <translation>Der Inhalt dieser Aufgabe ist noch nicht da</translation>
  </message>
  <message>
   <source>The panel “{panel}” is not installed</source>
   <translation>Das Panel „{panel}“ ist nicht installiert</translation>
  </message>
  <message>
   <source>The panel “{panel}” is turned off</source>
   <translation>Das Panel „{panel}“ ist ausgeschaltet</translation>
  </message>
  <message>
   <source>Turn it on to go on with this task. What was done is kept.</source>
   <translation>Einschalten, um mit dieser Aufgabe weiterzumachen. Was getan wurde, bleibt.</translation>
  </message>
  <message>
   <source>Turn the panel on</source>
   <translation>Panel einschalten</translation>
  </message>
 </context>
 <context>
  <name>ReadingDialog</name>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Next match</source>
   <translation>Nächste Fundstelle</translation>
  </message>
  <message>
   <source>Not found</source>
   <translation>Nicht gefunden</translation>
  </message>
  <message>
   <source>Previous match</source>
   <translation>Vorherige Fundstelle</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>{at} of {count}</source>
   <translation>{at} von {count}</translation>
  </message>
 </context>
 <context>
  <name>Readout</name>
  <message>
   <source>Position</source>
   <translation>Position</translation>
  </message>
 </context>
 <context>
  <name>ReasonPopover</name>
  <message>
   <source>Another reason</source>
   <translation>Anderer Grund</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Enter</translation>
  </message>
  <message>
   <source>In a few words</source>
   <translation>In wenigen Worten</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>Grund</translation>
  </message>
 </context>
 <context>
  <name>RecordsControl</name>
  <message>
   <source>Add row</source>
   <translation>Zeile hinzufügen</translation>
  </message>
  <message>
   <source>There are at most {count} rows</source>
   <translation>Es gibt höchstens {count} Zeilen</translation>
  </message>
 </context>
 <context>
  <name>RegionModel</name>
  <message>
   <source>Label</source>
   <translation>Label</translation>
  </message>
  <message>
   <source>No label</source>
   <translation>Kein Label</translation>
  </message>
  <message>
   <source>No plugin here knows “{type}”; it is kept as it is</source>
   <translation>Kein Plugin hier kennt „{type}“; es bleibt, wie es ist</translation>
  </message>
  <message>
   <source>Predicted by {model}</source>
   <translation>Vorhersage von {model}</translation>
  </message>
  <message>
   <source>hidden</source>
   <translation>verborgen</translation>
  </message>
  <message>
   <source>kept as it is</source>
   <translation>bleibt, wie es ist</translation>
  </message>
  <message>
   <source>locked</source>
   <translation>gesperrt</translation>
  </message>
  <message>
   <source>predicted by {model}</source>
   <translation>Vorhersage von {model}</translation>
  </message>
  <message>
   <source>{type}, kept as it is</source>
   <translation>{type}, bleibt, wie es ist</translation>
  </message>
 </context>
 <context>
  <name>RegionTable</name>
  <message>
   <source>All labels</source>
   <translation>Alle Labels</translation>
  </message>
  <message>
   <source>Change {field}</source>
   <translation>{field} ändern</translation>
  </message>
  <message>
   <source>Delete region</source>
   <translation>Region löschen</translation>
  </message>
  <message>
   <source>Delete regions</source>
   <translation>Regionen löschen</translation>
  </message>
  <message>
   <source>Delete selected regions</source>
   <translation>Ausgewählte Regionen löschen</translation>
  </message>
  <message>
   <source>Label “{label}”</source>
   <translation>Label „{label}“</translation>
  </message>
  <message>
   <source>Labels</source>
   <translation>Labels</translation>
  </message>
  <message>
   <source>No label</source>
   <translation>Kein Label</translation>
  </message>
  <message>
   <source>No regions yet</source>
   <translation>Noch keine Regionen</translation>
  </message>
  <message>
   <source>None with this label</source>
   <translation>Keine mit diesem Label</translation>
  </message>
  <message>
   <source>Regions</source>
   <translation>Regionen</translation>
  </message>
  <message>
   <source>Regions: {count}</source>
   <translation>Regionen: {count}</translation>
  </message>
  <message>
   <source>Show one label only</source>
   <translation>Nur ein Label zeigen</translation>
  </message>
  <message>
   <source>{count} selected</source>
   <translation>{count} ausgewählt</translation>
  </message>
  <message>
   <source>{label} {number}</source>
   <translation>{label} {number}</translation>
  </message>
 </context>
 <context>
  <name>ReportView</name>
  <message>
   <source>Problems</source>
   <translation>Probleme</translation>
  </message>
  <message>
   <source>Where it stopped</source>
   <translation>Wo es anhielt</translation>
  </message>
  <message>
   <source>{count} left out</source>
   <translation>{count} ausgelassen</translation>
  </message>
  <message>
   <source>{count} to know</source>
   <translation>{count} zu wissen</translation>
  </message>
 </context>
 <context>
  <name>ReviewPage</name>
  <message>
   <source>It is being written anew</source>
   <translation>Es wird gerade neu geschrieben</translation>
  </message>
  <message>
   <source>No other conflict is open</source>
   <translation>Kein anderer Konflikt ist offen</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Prüfung</translation>
  </message>
  <message>
   <source>The content cannot be shown</source>
   <translation>Der Inhalt kann nicht gezeigt werden</translation>
  </message>
  <message>
   <source>The versions do not differ about a region both have</source>
   <translation>Die Fassungen unterscheiden sich in keiner Region, die beide haben</translation>
  </message>
  <message>
   <source>There is no conflict to decide</source>
   <translation>Es ist kein Konflikt zu entscheiden</translation>
  </message>
  <message>
   <source>There is no such version</source>
   <translation>Diese Fassung gibt es nicht</translation>
  </message>
  <message>
   <source>This conflict is decided</source>
   <translation>Dieser Konflikt ist entschieden</translation>
  </message>
  <message>
   <source>Write it anew to mend what was put together</source>
   <translation>Neu schreiben, um das Zusammengesetzte zu berichtigen</translation>
  </message>
 </context>
 <context>
  <name>SaveCopyDialog</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Copying</source>
   <translation>Wird kopiert</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Open folder</source>
   <translation>Ordner öffnen</translation>
  </message>
  <message>
   <source>Projects</source>
   <translation>Projekte</translation>
  </message>
  <message>
   <source>Save a copy</source>
   <translation>Kopie speichern</translation>
  </message>
  <message>
   <source>Save copy</source>
   <translation>Kopie speichern</translation>
  </message>
  <message>
   <source>The copy is whole: tasks, everybody’s work, drafts and the history of every gesture. It is read back and checked. You go on working in this one.</source>
   <translation>Die Kopie ist vollständig: Aufgaben, die Arbeit aller, Entwürfe und die Geschichte jedes Handgriffs. Sie wird zurückgelesen und geprüft. Weitergearbeitet wird in dieser Datei.</translation>
  </message>
  <message>
   <source>The copy is written and checked</source>
   <translation>Die Kopie ist geschrieben und geprüft</translation>
  </message>
  <message>
   <source>The copy was not written</source>
   <translation>Die Kopie wurde nicht geschrieben</translation>
  </message>
  <message>
   <source>Write to</source>
   <translation>Schreiben nach</translation>
  </message>
 </context>
 <context>
  <name>SavedChip</name>
  <message>
   <source>Not saved: {reason}</source>
   <translation>Nicht gespeichert: {reason}</translation>
  </message>
  <message>
   <source>Read only</source>
   <translation>Schreibgeschützt</translation>
  </message>
  <message>
   <source>Read only, open on {place}</source>
   <translation>Schreibgeschützt, geöffnet auf {place}</translation>
  </message>
  <message>
   <source>Saved {time}</source>
   <translation>Gespeichert {time}</translation>
  </message>
  <message>
   <source>Saving</source>
   <translation>Speichert</translation>
  </message>
 </context>
 <context>
  <name>SavedKeeper</name>
  <message>
   <source>Not saved: {reason}</source>
   <translation>Nicht gespeichert: {reason}</translation>
  </message>
  <message>
   <source>Your draft is safe, saved {time}.</source>
   <translation>Der Entwurf ist sicher, gespeichert {time}.</translation>
  </message>
  <message>
   <source>Your draft is safe.</source>
   <translation>Der Entwurf ist sicher.</translation>
  </message>
 </context>
 <context>
  <name>Section</name>
  <message>
   <source>required</source>
   <translation>Pflicht</translation>
  </message>
 </context>
 <context>
  <name>SelectionBar</name>
  <message>
   <source>All {count}</source>
   <translation>Alle {count}</translation>
  </message>
  <message>
   <source>Clear</source>
   <translation>Aufheben</translation>
  </message>
  <message>
   <source>Copy keys</source>
   <translation>Schlüssel kopieren</translation>
  </message>
  <message>
   <source>Hand out…</source>
   <translation>Aufgaben ausgeben…</translation>
  </message>
  <message>
   <source>Selected tasks</source>
   <translation>Ausgewählte Aufgaben</translation>
  </message>
  <message>
   <source>{count} selected</source>
   <translation>{count} ausgewählt</translation>
  </message>
 </context>
 <context>
  <name>Sentiment</name>
  <message>
   <source>Add span</source>
   <translation>Spanne hinzufügen</translation>
  </message>
  <message>
   <source>Add spans</source>
   <translation>Spannen hinzufügen</translation>
  </message>
  <message>
   <source>All occurrences have this label already</source>
   <translation>Alle Vorkommen haben dieses Label schon</translation>
  </message>
  <message>
   <source>Change label</source>
   <translation>Label ändern</translation>
  </message>
  <message numerus="yes">
   <source>Labelled {count} more places as {label}</source>
   <translation>
    <numerusform>{count} weitere Stelle als {label} markiert</numerusform>
    <numerusform>{count} weitere Stellen als {label} markiert</numerusform>
   </translation>
  </message>
  <message>
   <source>Move the end of a span</source>
   <translation>Ende einer Spanne verschieben</translation>
  </message>
  <message>
   <source>Move the start of a span</source>
   <translation>Anfang einer Spanne verschieben</translation>
  </message>
  <message>
   <source>No span is selected</source>
   <translation>Keine Spanne ist ausgewählt</translation>
  </message>
  <message>
   <source>Nothing is selected</source>
   <translation>Nichts ist ausgewählt</translation>
  </message>
  <message>
   <source>Remove span</source>
   <translation>Spanne entfernen</translation>
  </message>
  <message>
   <source>Remove spans</source>
   <translation>Spannen entfernen</translation>
  </message>
  <message>
   <source>Select one span</source>
   <translation>Eine Spanne auswählen</translation>
  </message>
  <message>
   <source>The task is read only</source>
   <translation>Die Aufgabe ist schreibgeschützt</translation>
  </message>
  <message>
   <source>There is no further span</source>
   <translation>Es gibt keine weitere Spanne</translation>
  </message>
  <message>
   <source>There is no text</source>
   <translation>Es gibt keinen Text</translation>
  </message>
  <message>
   <source>Use a label once, then select words</source>
   <translation>Ein Label einmal verwenden, dann Wörter auswählen</translation>
  </message>
 </context>
 <context>
  <name>SentimentEditor</name>
  <message>
   <source>From</source>
   <translation>Von</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Wörter</translation>
  </message>
  <message>
   <source>{question}: {answer}</source>
   <translation>{question}: {answer}</translation>
  </message>
 </context>
 <context>
  <name>SettingsDialog</name>
  <message>
   <source>About {name}…</source>
   <translation>Über {name}…</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>General</source>
   <translation>Allgemein</translation>
  </message>
  <message>
   <source>Keyboard</source>
   <translation>Tastatur</translation>
  </message>
  <message>
   <source>Plugins</source>
   <translation>Plugins</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
 </context>
 <context>
  <name>SharedFolderDialog</name>
  <message>
   <source>Edit it there</source>
   <translation>Dort bearbeiten</translation>
  </message>
  <message>
   <source>In a working copy on this machine you work as always, also while the folder is out of reach. Closing the project merges your work into the shared file, and what others did there stays.</source>
   <translation>In einer Arbeitskopie auf diesem Rechner geht alles wie immer, auch wenn der Ordner nicht erreichbar ist. Beim Schließen des Projekts wird die Arbeit in die gemeinsame Datei zurückgeführt; was andere dort getan haben, bleibt.</translation>
  </message>
  <message>
   <source>Only while nobody else has it open: the last one to write would win</source>
   <translation>Nur solange es sonst niemand geöffnet hat: wer zuletzt schreibt, gewönne</translation>
  </message>
  <message>
   <source>Open from a shared folder</source>
   <translation>Aus einem gemeinsamen Ordner öffnen</translation>
  </message>
  <message>
   <source>Open to read</source>
   <translation>Zum Lesen öffnen</translation>
  </message>
  <message>
   <source>Work in a copy</source>
   <translation>In Kopie arbeiten</translation>
  </message>
  <message>
   <source>{reason}. Two machines that edit it there at the same time would damage it.</source>
   <translation>{reason}. Zwei Rechner, die es dort zugleich bearbeiten, würden es beschädigen.</translation>
  </message>
 </context>
 <context>
  <name>Sharing</name>
  <message>
   <source>All files</source>
   <translation>Alle Dateien</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>It is a copy of the project that is open.</source>
   <translation>Es ist eine Kopie des geöffneten Projekts.</translation>
  </message>
  <message>
   <source>Merge</source>
   <translation>Zusammenführen</translation>
  </message>
  <message>
   <source>Merge copies of this project</source>
   <translation>Kopien dieses Projekts zusammenführen</translation>
  </message>
  <message>
   <source>Merge {count} copies?</source>
   <translation>{count} Kopien zusammenführen?</translation>
  </message>
  <message>
   <source>Merge {file}?</source>
   <translation>{file} zusammenführen?</translation>
  </message>
  <message>
   <source>Merging takes in what is new there and removes nothing. The file itself is not changed.</source>
   <translation>Zusammenführen nimmt Neues auf und entfernt nichts. Die Datei selbst wird nicht verändert.</translation>
  </message>
  <message>
   <source>Open it instead</source>
   <translation>Stattdessen öffnen</translation>
  </message>
  <message>
   <source>Projects</source>
   <translation>Projekte</translation>
  </message>
  <message>
   <source>They are copies of the project that is open.</source>
   <translation>Es sind Kopien des geöffneten Projekts.</translation>
  </message>
 </context>
 <context>
  <name>Side</name>
  <message>
   <source>Decision</source>
   <translation>Entscheidung</translation>
  </message>
  <message>
   <source>Guidelines</source>
   <translation>Leitfaden</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
 </context>
 <context>
  <name>SideCard</name>
  <message>
   <source>Base</source>
   <translation>Basis</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Kept</source>
   <translation>Behalten</translation>
  </message>
 </context>
 <context>
  <name>SideCards</name>
  <message numerus="yes">
   <source>And %n more places</source>
   <translation>
    <numerusform>Und %n weitere Stelle</numerusform>
    <numerusform>Und %n weitere Stellen</numerusform>
   </translation>
  </message>
  <message>
   <source>Before</source>
   <translation>Vorher</translation>
  </message>
  <message>
   <source>Task {number}</source>
   <translation>Aufgabe {number}</translation>
  </message>
  <message>
   <source>accepted</source>
   <translation>angenommen</translation>
  </message>
  <message>
   <source>changed</source>
   <translation>geändert</translation>
  </message>
  <message>
   <source>changed in detail</source>
   <translation>in Einzelheiten geändert</translation>
  </message>
  <message>
   <source>deleted</source>
   <translation>gelöscht</translation>
  </message>
  <message>
   <source>deleted it</source>
   <translation>gelöscht</translation>
  </message>
  <message>
   <source>flagged</source>
   <translation>gemeldet</translation>
  </message>
  <message>
   <source>not there</source>
   <translation>nicht vorhanden</translation>
  </message>
  <message>
   <source>reopened</source>
   <translation>wieder geöffnet</translation>
  </message>
  <message>
   <source>returned</source>
   <translation>zurückgegeben</translation>
  </message>
  <message>
   <source>same as before</source>
   <translation>wie vorher</translation>
  </message>
  <message>
   <source>skipped</source>
   <translation>übersprungen</translation>
  </message>
  <message>
   <source>submitted</source>
   <translation>abgegeben</translation>
  </message>
  <message>
   <source>taken out; kept as retired for what uses it</source>
   <translation>herausgenommen; stillgelegt behalten für das, was es verwendet</translation>
  </message>
  <message>
   <source>uses it</source>
   <translation>verwendet es</translation>
  </message>
  <message>
   <source>{what}: {reason}</source>
   <translation>{what}: {reason}</translation>
  </message>
  <message>
   <source>{when}, all of them started here</source>
   <translation>{when}, hier begannen alle</translation>
  </message>
  <message>
   <source>“{text}”</source>
   <translation>„{text}“</translation>
  </message>
 </context>
 <context>
  <name>Signpost</name>
  <message>
   <source>1 open conflict</source>
   <translation>1 offener Konflikt</translation>
  </message>
  <message>
   <source>{count} open conflicts</source>
   <translation>{count} offene Konflikte</translation>
  </message>
 </context>
 <context>
  <name>Sitting</name>
  <message>
   <source>Choose where the versions disagree first</source>
   <translation>Zuerst wählen, wo die Fassungen sich unterscheiden</translation>
  </message>
  <message>
   <source>No version of it can be read</source>
   <translation>Keine Fassung davon lässt sich lesen</translation>
  </message>
  <message>
   <source>The decision was taken back</source>
   <translation>Die Entscheidung wurde zurückgenommen</translation>
  </message>
  <message>
   <source>The project is read-only</source>
   <translation>Das Projekt ist schreibgeschützt</translation>
  </message>
  <message>
   <source>There is no conflict to decide</source>
   <translation>Es ist kein Konflikt zu entscheiden</translation>
  </message>
  <message>
   <source>There is nothing to redo</source>
   <translation>Es gibt nichts zu wiederholen</translation>
  </message>
  <message>
   <source>There is nothing to undo</source>
   <translation>Es gibt nichts rückgängig zu machen</translation>
  </message>
  <message>
   <source>This conflict is decided</source>
   <translation>Dieser Konflikt ist entschieden</translation>
  </message>
 </context>
 <context>
  <name>Sorting</name>
  <message>
   <source>In the order of the queues</source>
   <translation>In der Reihenfolge der Warteschlangen</translation>
  </message>
  <message>
   <source>Sorted by {column}, ascending</source>
   <translation>Sortiert nach {column}, aufsteigend</translation>
  </message>
  <message>
   <source>Sorted by {column}, descending</source>
   <translation>Sortiert nach {column}, absteigend</translation>
  </message>
 </context>
 <context>
  <name>SourcesPicker</name>
  <message>
   <source>Drop files or a folder here</source>
   <translation>Dateien oder einen Ordner hier ablegen</translation>
  </message>
  <message>
   <source>Files…</source>
   <translation>Dateien…</translation>
  </message>
  <message>
   <source>Folder…</source>
   <translation>Ordner…</translation>
  </message>
  <message>
   <source>Import a folder</source>
   <translation>Ordner importieren</translation>
  </message>
  <message>
   <source>Import files</source>
   <translation>Dateien importieren</translation>
  </message>
  <message>
   <source>or press to choose them</source>
   <translation>oder drücken, um sie auszuwählen</translation>
  </message>
  <message>
   <source>{count} more</source>
   <translation>{count} weitere</translation>
  </message>
 </context>
 <context>
  <name>SpeakerBar</name>
  <message>
   <source>New speaker</source>
   <translation>Neuer Sprecher</translation>
  </message>
  <message>
   <source>Speakers</source>
   <translation>Sprecher</translation>
  </message>
 </context>
 <context>
  <name>Stage</name>
  <message>
   <source>Decoding: {done}</source>
   <translation>Dekodieren: {done}</translation>
  </message>
  <message>
   <source>Decoding: {share} %</source>
   <translation>Dekodieren: {share} %</translation>
  </message>
  <message>
   <source>Flag…</source>
   <translation>Melden…</translation>
  </message>
  <message>
   <source>Its task came without it. Import the recording, or flag the task and go on.</source>
   <translation>Die Aufgabe kam ohne sie. Die Aufnahme importieren, oder die Aufgabe melden und weitermachen.</translation>
  </message>
  <message>
   <source>Media folders…</source>
   <translation>Medienordner…</translation>
  </message>
  <message>
   <source>No sound device</source>
   <translation>Kein Tongerät</translation>
  </message>
  <message>
   <source>No speaker</source>
   <translation>Kein Sprecher</translation>
  </message>
  <message>
   <source>Nothing is heard: {reason}. Everything else works.</source>
   <translation>Nichts ist zu hören: {reason}. Alles andere geht.</translation>
  </message>
  <message>
   <source>Opening…</source>
   <translation>Wird geöffnet…</translation>
  </message>
  <message>
   <source>Skip…</source>
   <translation>Überspringen…</translation>
  </message>
  <message>
   <source>The recording cannot be opened</source>
   <translation>Die Aufnahme lässt sich nicht öffnen</translation>
  </message>
  <message>
   <source>The recording is not here</source>
   <translation>Die Aufnahme ist nicht da</translation>
  </message>
  <message>
   <source>The report is on the clipboard</source>
   <translation>Der Bericht liegt in der Zwischenablage</translation>
  </message>
  <message>
   <source>The {panel} panel stopped</source>
   <translation>Das Panel {panel} wurde angehalten</translation>
  </message>
  <message>
   <source>Transcript</source>
   <translation>Transkript</translation>
  </message>
  <message>
   <source>Wave</source>
   <translation>Welle</translation>
  </message>
  <message>
   <source>Wave and segments</source>
   <translation>Welle und Segmente</translation>
  </message>
  <message>
   <source>Whole recording</source>
   <translation>Ganze Aufnahme</translation>
  </message>
  <message>
   <source>{reason}. Flag the task and go on, or put the file right and come back.</source>
   <translation>{reason}. Die Aufgabe melden und weitermachen, oder die Datei in Ordnung bringen und wiederkommen.</translation>
  </message>
 </context>
 <context>
  <name>Strip</name>
  <message>
   <source>A copy of this project lies beside it: {names}</source>
   <translation>Neben dem Projekt liegt eine Kopie davon: {names}</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Merge</source>
   <translation>Zusammenführen</translation>
  </message>
  <message>
   <source>Merging was stopped; what came in stays</source>
   <translation>Zusammenführen angehalten; was hereinkam, bleibt</translation>
  </message>
  <message>
   <source>Merging {name}</source>
   <translation>{name} wird zusammengeführt</translation>
  </message>
  <message>
   <source>Not merged: {reasons}</source>
   <translation>Nicht zusammengeführt: {reasons}</translation>
  </message>
  <message>
   <source>Not now</source>
   <translation>Nicht jetzt</translation>
  </message>
  <message>
   <source>Show in folder</source>
   <translation>Im Ordner zeigen</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Stopping</source>
   <translation>Hält an</translation>
  </message>
  <message>
   <source>The clock of {device} ({person}) is {hours} hours ahead: its work was taken in, its time is not believed.</source>
   <translation>Die Uhr von {device} ({person}) geht {hours} Stunden vor: Die Arbeit wurde übernommen, die Zeit nicht geglaubt.</translation>
  </message>
  <message>
   <source>{count} copies are merged</source>
   <translation>{count} Kopien sind zusammengeführt</translation>
  </message>
  <message>
   <source>{count} copies of this project lie beside it, {names} and others</source>
   <translation>{count} Kopien dieses Projekts liegen daneben, {names} und andere</translation>
  </message>
  <message>
   <source>{count} copies of this project lie beside it: {names}</source>
   <translation>{count} Kopien dieses Projekts liegen daneben: {names}</translation>
  </message>
  <message>
   <source>{name} is merged</source>
   <translation>{name} ist zusammengeführt</translation>
  </message>
  <message>
   <source>{percent} %</source>
   <translation>{percent} %</translation>
  </message>
 </context>
 <context>
  <name>Swatches</name>
  <message>
   <source>Colour</source>
   <translation>Farbe</translation>
  </message>
  <message>
   <source>Colour as #RRGGBB</source>
   <translation>Farbe als #RRGGBB</translation>
  </message>
  <message>
   <source>Like #0072B2</source>
   <translation>Etwa #0072B2</translation>
  </message>
  <message>
   <source>Other…</source>
   <translation>Andere…</translation>
  </message>
 </context>
 <context>
  <name>TakingBack</name>
  <message>
   <source>There is nothing to undo</source>
   <translation>Es gibt nichts rückgängig zu machen</translation>
  </message>
 </context>
 <context>
  <name>TaskModel</name>
  <message>
   <source>Changed</source>
   <translation>Geändert</translation>
  </message>
  <message>
   <source>Last by</source>
   <translation>Zuletzt von</translation>
  </message>
  <message>
   <source>People</source>
   <translation>Personen</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>Warteschlange</translation>
  </message>
  <message>
   <source>Selected</source>
   <translation>Ausgewählt</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Task</source>
   <translation>Aufgabe</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
 </context>
 <context>
  <name>TaskStrip</name>
  <message>
   <source>Go to task</source>
   <translation>Zu Aufgabe gehen</translation>
  </message>
  <message>
   <source>In conflict</source>
   <translation>Im Konflikt</translation>
  </message>
  <message>
   <source>Next task</source>
   <translation>Nächste Aufgabe</translation>
  </message>
  <message>
   <source>Previous task</source>
   <translation>Vorherige Aufgabe</translation>
  </message>
  <message>
   <source>Reopen</source>
   <translation>Wieder öffnen</translation>
  </message>
  <message>
   <source>Show the conflict</source>
   <translation>Konflikt zeigen</translation>
  </message>
  <message>
   <source>Show the inspector</source>
   <translation>Inspektor einblenden</translation>
  </message>
  <message>
   <source>Task</source>
   <translation>Aufgabe</translation>
  </message>
 </context>
 <context>
  <name>Telling</name>
  <message numerus="yes">
   <source>%n more problems</source>
   <translation>
    <numerusform>%n weiteres Problem</numerusform>
    <numerusform>%n weitere Probleme</numerusform>
   </translation>
  </message>
  <message>
   <source>Region {number}</source>
   <translation>Region {number}</translation>
  </message>
  <message>
   <source>{region} ({label})</source>
   <translation>{region} ({label})</translation>
  </message>
 </context>
 <context>
  <name>Template</name>
  <message>
   <source>All four panels</source>
   <translation>Alle vier Panels</translation>
  </message>
  <message>
   <source>Boxes on images</source>
   <translation>Rahmen auf Bildern</translation>
  </message>
  <message>
   <source>Boxes with labels and marks on photographs</source>
   <translation>Rahmen mit Labels und Merkmalen auf Fotos</translation>
  </message>
  <message>
   <source>Images, recordings, texts and responses in one project, a queue each</source>
   <translation>Bilder, Aufnahmen, Texte und Ausgaben in einem Projekt, je eine Warteschlange</translation>
  </message>
  <message>
   <source>One key per text, spans and scales</source>
   <translation>Eine Taste pro Text, Spannen und Skalen</translation>
  </message>
  <message>
   <source>Recordings: who says what and when, with marks and a judgement of the recording</source>
   <translation>Aufnahmen: wer was wann sagt, mit Merkmalen und einem Urteil über die Aufnahme</translation>
  </message>
  <message>
   <source>Response comparison</source>
   <translation>Ausgaben vergleichen</translation>
  </message>
  <message>
   <source>Sentiment</source>
   <translation>Stimmung</translation>
  </message>
  <message>
   <source>Transcription</source>
   <translation>Transkription</translation>
  </message>
  <message>
   <source>Two responses judged, more of them ranked, with reasons and marked passages</source>
   <translation>Zwei Ausgaben beurteilt, mehrere geordnet, mit Gründen und markierten Stellen</translation>
  </message>
 </context>
 <context>
  <name>TextArea</name>
  <message>
   <source>{count} of at least {minimum}</source>
   <translation>{count} von mindestens {minimum}</translation>
  </message>
 </context>
 <context>
  <name>TextControl</name>
  <message>
   <source>At most {wanted}</source>
   <translation>Höchstens {wanted}</translation>
  </message>
  <message>
   <source>{count} of at least {wanted}</source>
   <translation>{count} von mindestens {wanted}</translation>
  </message>
  <message>
   <source>{count} of at most {wanted}</source>
   <translation>{count} von höchstens {wanted}</translation>
  </message>
 </context>
 <context>
  <name>Toast</name>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
 </context>
 <context>
  <name>Tools</name>
  <message>
   <source>Draw boxes</source>
   <translation>Rahmen zeichnen</translation>
  </message>
  <message>
   <source>Fit</source>
   <translation>Einpassen</translation>
  </message>
  <message>
   <source>Hide or show all regions</source>
   <translation>Alle Regionen aus- oder einblenden</translation>
  </message>
  <message>
   <source>Segment</source>
   <translation>Segmentieren</translation>
  </message>
  <message>
   <source>Select</source>
   <translation>Auswählen</translation>
  </message>
  <message>
   <source>Show all tags</source>
   <translation>Alle Schilder zeigen</translation>
  </message>
  <message>
   <source>Tool</source>
   <translation>Werkzeug</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Werkzeuge</translation>
  </message>
  <message>
   <source>Transcribe</source>
   <translation>Transkribieren</translation>
  </message>
  <message>
   <source>What a click in the wave does</source>
   <translation>Was ein Klick in die Welle tut</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <source>{percent}%</source>
   <translation>{percent} %</translation>
  </message>
 </context>
 <context>
  <name>TopBar</name>
  <message>
   <source>Find a command, task or rule</source>
   <translation>Befehl, Aufgabe oder Regel finden</translation>
  </message>
  <message>
   <source>For {person}</source>
   <translation>Für {person}</translation>
  </message>
  <message>
   <source>Handed out to {person} by {giver}</source>
   <translation>An {person} ausgegeben von {giver}</translation>
  </message>
  <message>
   <source>No project open</source>
   <translation>Kein Projekt geöffnet</translation>
  </message>
  <message>
   <source>Project</source>
   <translation>Projekt</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Who I am</source>
   <translation>Wer ich bin</translation>
  </message>
 </context>
 <context>
  <name>Transcript</name>
  <message>
   <source>Text of the segment</source>
   <translation>Text des Segments</translation>
  </message>
 </context>
 <context>
  <name>Transcription</name>
  <message>
   <source>A point has no edges</source>
   <translation>Ein Punkt hat keine Kanten</translation>
  </message>
  <message>
   <source>Accepted</source>
   <translation>Angenommen</translation>
  </message>
  <message>
   <source>Add point</source>
   <translation>Punkt hinzufügen</translation>
  </message>
  <message>
   <source>Add segment</source>
   <translation>Segment hinzufügen</translation>
  </message>
  <message>
   <source>All of it is in sight</source>
   <translation>Alles ist zu sehen</translation>
  </message>
  <message>
   <source>Alt+{key}</source>
   <translation>Alt+{key}</translation>
  </message>
  <message>
   <source>Change label</source>
   <translation>Label ändern</translation>
  </message>
  <message>
   <source>Change speaker</source>
   <translation>Sprecher ändern</translation>
  </message>
  <message>
   <source>Edited</source>
   <translation>Bearbeitet</translation>
  </message>
  <message>
   <source>Keys move the end</source>
   <translation>Tasten verschieben das Ende</translation>
  </message>
  <message>
   <source>Keys move the start</source>
   <translation>Tasten verschieben den Anfang</translation>
  </message>
  <message>
   <source>Length</source>
   <translation>Länge</translation>
  </message>
  <message>
   <source>Merge segments</source>
   <translation>Segmente verbinden</translation>
  </message>
  <message>
   <source>Move point</source>
   <translation>Punkt verschieben</translation>
  </message>
  <message>
   <source>Move the end</source>
   <translation>Ende verschieben</translation>
  </message>
  <message>
   <source>Move the start</source>
   <translation>Anfang verschieben</translation>
  </message>
  <message>
   <source>No segment is selected</source>
   <translation>Kein Segment ist ausgewählt</translation>
  </message>
  <message>
   <source>No segment of this speaker follows</source>
   <translation>Kein Segment dieses Sprechers folgt</translation>
  </message>
  <message>
   <source>No segment of yours is selected</source>
   <translation>Kein eigenes Segment ist ausgewählt</translation>
  </message>
  <message>
   <source>No segment was begun</source>
   <translation>Kein Segment wurde begonnen</translation>
  </message>
  <message>
   <source>Nothing is selected</source>
   <translation>Nichts ist ausgewählt</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>Nummer</translation>
  </message>
  <message>
   <source>Overlap</source>
   <translation>Überlappung</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Play this</source>
   <translation>Das abspielen</translation>
  </message>
  <message>
   <source>Remove point</source>
   <translation>Punkt entfernen</translation>
  </message>
  <message>
   <source>Remove segment</source>
   <translation>Segment entfernen</translation>
  </message>
  <message>
   <source>Rename speaker</source>
   <translation>Sprecher umbenennen</translation>
  </message>
  <message>
   <source>Single samples are in sight</source>
   <translation>Einzelne Abtastwerte sind zu sehen</translation>
  </message>
  <message>
   <source>Speaker</source>
   <translation>Sprecher</translation>
  </message>
  <message>
   <source>Speaker {number}</source>
   <translation>Sprecher {number}</translation>
  </message>
  <message>
   <source>Split segment</source>
   <translation>Segment teilen</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>Anfang</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>The playhead is before the segment</source>
   <translation>Die Abspielstelle ist vor dem Segment</translation>
  </message>
  <message>
   <source>The playhead is behind the segment</source>
   <translation>Die Abspielstelle ist hinter dem Segment</translation>
  </message>
  <message>
   <source>The playhead is in no segment</source>
   <translation>Die Abspielstelle ist in keinem Segment</translation>
  </message>
  <message>
   <source>The task is read only</source>
   <translation>Die Aufgabe ist schreibgeschützt</translation>
  </message>
  <message numerus="yes">
   <source>There are {count} speakers</source>
   <translation>
    <numerusform>Es gibt {count} Sprecher</numerusform>
    <numerusform>Es gibt {count} Sprecher</numerusform>
   </translation>
  </message>
  <message>
   <source>There is no further segment</source>
   <translation>Es gibt kein weiteres Segment</translation>
  </message>
  <message>
   <source>There is no further speed</source>
   <translation>Es gibt kein weiteres Tempo</translation>
  </message>
  <message>
   <source>There is no recording</source>
   <translation>Es gibt keine Aufnahme</translation>
  </message>
  <message>
   <source>There is no segment</source>
   <translation>Es gibt kein Segment</translation>
  </message>
  <message>
   <source>There is no segment yet. Play with {play}, press {start} where somebody begins to speak and {end} where they end; or drag over the wave.</source>
   <translation>Es gibt noch kein Segment. Mit {play} abspielen, {start} drücken, wo jemand zu sprechen beginnt, und {end}, wo es endet; oder über die Welle ziehen.</translation>
  </message>
  <message>
   <source>There is no speaker here</source>
   <translation>Hier ist kein Sprecher</translation>
  </message>
  <message>
   <source>There is nothing to be heard</source>
   <translation>Es ist nichts zu hören</translation>
  </message>
  <message>
   <source>Two without a speaker overlap for {length}: see {time}</source>
   <translation>Zwei ohne Sprecher überlappen sich {length} lang: siehe {time}</translation>
  </message>
  <message>
   <source>Type text</source>
   <translation>Text eingeben</translation>
  </message>
  <message>
   <source>point</source>
   <translation>Punkt</translation>
  </message>
  <message>
   <source>{seconds} s</source>
   <translation>{seconds} s</translation>
  </message>
  <message>
   <source>{speaker} speaks twice at once, for {length}: see {time}</source>
   <translation>{speaker} spricht {length} lang doppelt: siehe {time}</translation>
  </message>
 </context>
 <context>
  <name>TranscriptionEditor</name>
  <message>
   <source>Speaker</source>
   <translation>Sprecher</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>Anfang</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
 </context>
 <context>
  <name>Transport</name>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Back on resume</source>
   <translation>Zurück beim Fortsetzen</translation>
  </message>
  <message>
   <source>End</source>
   <translation>Ende</translation>
  </message>
  <message>
   <source>Loop the segment</source>
   <translation>Segment wiederholen</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Play</source>
   <translation>Abspielen</translation>
  </message>
  <message>
   <source>Playing</source>
   <translation>Wiedergabe</translation>
  </message>
  <message>
   <source>Position</source>
   <translation>Position</translation>
  </message>
  <message>
   <source>Speed</source>
   <translation>Tempo</translation>
  </message>
  <message>
   <source>Split</source>
   <translation>Teilen</translation>
  </message>
  <message>
   <source>Start</source>
   <translation>Anfang</translation>
  </message>
  <message>
   <source>of {length}</source>
   <translation>von {length}</translation>
  </message>
  <message>
   <source>{seconds} s</source>
   <translation>{seconds} s</translation>
  </message>
 </context>
 <context>
  <name>TurnsControl</name>
  <message>
   <source>Add message by {role}</source>
   <translation>Nachricht von {role} hinzufügen</translation>
  </message>
 </context>
 <context>
  <name>Unsaved</name>
  <message>
   <source>Close and lose it</source>
   <translation>Schließen und verlieren</translation>
  </message>
  <message>
   <source>Save elsewhere</source>
   <translation>Woanders speichern</translation>
  </message>
  <message>
   <source>Save elsewhere…</source>
   <translation>Woanders speichern…</translation>
  </message>
  <message>
   <source>Stay</source>
   <translation>Bleiben</translation>
  </message>
  <message>
   <source>Your last work is not saved</source>
   <translation>Die letzte Arbeit ist nicht gespeichert</translation>
  </message>
  <message>
   <source>{reason}. Closing now loses what was done since.</source>
   <translation>{reason}. Beim Schließen geht verloren, was seither getan wurde.</translation>
  </message>
 </context>
 <context>
  <name>ViewsPopover</name>
  <message>
   <source>A view keeps a filter and columns under a name, on this computer.</source>
   <translation>Eine Ansicht hält einen Filter und Spalten unter einem Namen fest, auf diesem Rechner.</translation>
  </message>
  <message>
   <source>Bring “{name}” back</source>
   <translation>„{name}“ zurückholen</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Enter</translation>
  </message>
  <message>
   <source>Move down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Name of what is shown now</source>
   <translation>Name für das, was gezeigt wird</translation>
  </message>
  <message>
   <source>Rename</source>
   <translation>Umbenennen</translation>
  </message>
  <message>
   <source>Save view</source>
   <translation>Ansicht speichern</translation>
  </message>
  <message>
   <source>Saved views</source>
   <translation>Gespeicherte Ansichten</translation>
  </message>
  <message>
   <source>Show</source>
   <translation>Zeigen</translation>
  </message>
 </context>
 <context>
  <name>When</name>
  <message>
   <source>Today</source>
   <translation>Heute</translation>
  </message>
  <message>
   <source>Yesterday</source>
   <translation>Gestern</translation>
  </message>
  <message>
   <source>d MMM</source>
   <translation>d. MMM</translation>
  </message>
  <message>
   <source>d MMM yyyy</source>
   <translation>d. MMM yyyy</translation>
  </message>
 </context>
 <context>
  <name>WhenEditor</name>
  <message>
   <source>Add condition</source>
   <translation>Bedingung hinzufügen</translation>
  </message>
  <message>
   <source>All of these</source>
   <translation>Alle davon</translation>
  </message>
  <message>
   <source>Always asked</source>
   <translation>Wird immer gefragt</translation>
  </message>
  <message>
   <source>Always asked. A condition needs another question asked of the same.</source>
   <translation>Wird immer gefragt. Eine Bedingung braucht eine weitere Frage zum Selben.</translation>
  </message>
  <message>
   <source>Any of these</source>
   <translation>Eine davon</translation>
  </message>
  <message>
   <source>Ask always</source>
   <translation>Immer fragen</translation>
  </message>
  <message>
   <source>Asked when this holds</source>
   <translation>Wird gefragt, wenn dies gilt</translation>
  </message>
  <message>
   <source>This condition was written by hand and stays as it is.</source>
   <translation>Diese Bedingung wurde von Hand geschrieben und bleibt, wie sie ist.</translation>
  </message>
  <message>
   <source>Which conditions must hold</source>
   <translation>Welche Bedingungen gelten müssen</translation>
  </message>
 </context>
 <context>
  <name>Whose</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Only look</source>
   <translation>Nur ansehen</translation>
  </message>
  <message>
   <source>Somebody</source>
   <translation>Jemand</translation>
  </message>
  <message>
   <source>This hand-out is for {person}</source>
   <translation>Dieses Aufgabenpaket ist für {person}</translation>
  </message>
  <message>
   <source>Work as {person}</source>
   <translation>Als {person} arbeiten</translation>
  </message>
  <message>
   <source>{giver} handed these tasks out to {person}, and on this machine {me} is at work. What is done in this file is signed {handle}.</source>
   <translation>{giver} hat diese Aufgaben an {person} ausgegeben, und an diesem Rechner arbeitet {me}. Was in dieser Datei getan wird, ist mit {handle} signiert.</translation>
  </message>
 </context>
 <context>
  <name>Words</name>
  <message>
   <source>Accepted</source>
   <translation>Angenommen</translation>
  </message>
  <message>
   <source>Annotation</source>
   <translation>Annotation</translation>
  </message>
  <message>
   <source>Aspect</source>
   <translation>Aspekt</translation>
  </message>
  <message>
   <source>Box</source>
   <translation>Rahmen</translation>
  </message>
  <message>
   <source>Changed elsewhere</source>
   <translation>Woanders geändert</translation>
  </message>
  <message>
   <source>Claim</source>
   <translation>Behauptung</translation>
  </message>
  <message>
   <source>Content missing</source>
   <translation>Inhalt fehlt</translation>
  </message>
  <message>
   <source>Draft</source>
   <translation>Entwurf</translation>
  </message>
  <message>
   <source>Flag</source>
   <translation>Melden</translation>
  </message>
  <message>
   <source>Flagged</source>
   <translation>Gemeldet</translation>
  </message>
  <message>
   <source>Guideline</source>
   <translation>Leitfaden</translation>
  </message>
  <message>
   <source>Hand-out</source>
   <translation>Aufgabenpaket</translation>
  </message>
  <message>
   <source>Keypoints</source>
   <translation>Schlüsselpunkte</translation>
  </message>
  <message>
   <source>Label set</source>
   <translation>Label-Satz</translation>
  </message>
  <message>
   <source>Lines</source>
   <translation>Zeilen</translation>
  </message>
  <message>
   <source>Link</source>
   <translation>Verbindung</translation>
  </message>
  <message>
   <source>Mask</source>
   <translation>Maske</translation>
  </message>
  <message>
   <source>Medium</source>
   <translation>Medium</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Offen</translation>
  </message>
  <message>
   <source>Person</source>
   <translation>Person</translation>
  </message>
  <message>
   <source>Point</source>
   <translation>Punkt</translation>
  </message>
  <message>
   <source>Polygon</source>
   <translation>Polygon</translation>
  </message>
  <message>
   <source>Project</source>
   <translation>Projekt</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>Warteschlange</translation>
  </message>
  <message>
   <source>Region</source>
   <translation>Region</translation>
  </message>
  <message>
   <source>Returned</source>
   <translation>Zurückgegeben</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Prüfung</translation>
  </message>
  <message>
   <source>Segment</source>
   <translation>Segment</translation>
  </message>
  <message>
   <source>Skip</source>
   <translation>Überspringen</translation>
  </message>
  <message>
   <source>Skipped</source>
   <translation>Übersprungen</translation>
  </message>
  <message>
   <source>Something newer than this program</source>
   <translation>Etwas Neueres als dieses Programm</translation>
  </message>
  <message>
   <source>Span</source>
   <translation>Spanne</translation>
  </message>
  <message>
   <source>Submit</source>
   <translation>Abgeben</translation>
  </message>
  <message>
   <source>Submitted</source>
   <translation>Abgegeben</translation>
  </message>
  <message>
   <source>Task</source>
   <translation>Aufgabe</translation>
  </message>
  <message>
   <source>Track</source>
   <translation>Spur</translation>
  </message>
  <message>
   <source>Two people who are one</source>
   <translation>Zwei Personen, die eine sind</translation>
  </message>
  <message>
   <source>disk error</source>
   <translation>Plattenfehler</translation>
  </message>
  <message>
   <source>disk full</source>
   <translation>Platte voll</translation>
  </message>
  <message>
   <source>file in use</source>
   <translation>Datei in Benutzung</translation>
  </message>
  <message>
   <source>file moved or deleted</source>
   <translation>Datei verschoben oder gelöscht</translation>
  </message>
  <message>
   <source>no permission</source>
   <translation>keine Berechtigung</translation>
  </message>
  <message>
   <source>open elsewhere</source>
   <translation>woanders geöffnet</translation>
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation>{done} von {total}</translation>
  </message>
  <message>
   <source>{hours} h {minutes} min</source>
   <translation>{hours} h {minutes} min</translation>
  </message>
  <message>
   <source>{minutes} min</source>
   <translation>{minutes} min</translation>
  </message>
 </context>
 <context>
  <name>Work</name>
  <message>
   <source>Another window has this draft</source>
   <translation>Ein anderes Fenster hat diesen Entwurf</translation>
  </message>
  <message>
   <source>Flag</source>
   <translation>Melden</translation>
  </message>
  <message>
   <source>No other window has this draft</source>
   <translation>Kein anderes Fenster hat diesen Entwurf</translation>
  </message>
  <message>
   <source>No task is open</source>
   <translation>Keine Aufgabe ist geöffnet</translation>
  </message>
  <message>
   <source>Skip</source>
   <translation>Überspringen</translation>
  </message>
  <message>
   <source>The content cannot be shown</source>
   <translation>Der Inhalt kann nicht gezeigt werden</translation>
  </message>
  <message>
   <source>The medium is not within reach</source>
   <translation>Das Medium ist nicht erreichbar</translation>
  </message>
  <message>
   <source>The panel is not on screen</source>
   <translation>Das Panel ist nicht zu sehen</translation>
  </message>
  <message>
   <source>The project is read-only</source>
   <translation>Das Projekt ist schreibgeschützt</translation>
  </message>
  <message>
   <source>There is nothing to redo</source>
   <translation>Es gibt nichts zu wiederholen</translation>
  </message>
  <message>
   <source>There is nothing to reopen</source>
   <translation>Es gibt nichts wieder zu öffnen</translation>
  </message>
  <message>
   <source>There is nothing to undo</source>
   <translation>Es gibt nichts rückgängig zu machen</translation>
  </message>
  <message>
   <source>This task is finished; reopen it to change it</source>
   <translation>Diese Aufgabe ist abgeschlossen; zum Ändern wieder öffnen</translation>
  </message>
  <message>
   <source>This task is open already</source>
   <translation>Diese Aufgabe ist schon offen</translation>
  </message>
  <message>
   <source>What is wrong with it?</source>
   <translation>Was stimmt nicht damit?</translation>
  </message>
  <message>
   <source>Why is it skipped?</source>
   <translation>Warum wird sie übersprungen?</translation>
  </message>
 </context>
 <context>
  <name>WorkPage</name>
  <message>
   <source>Flagged {task}</source>
   <translation>{task} gemeldet</translation>
  </message>
  <message>
   <source>Skipped {task}</source>
   <translation>{task} übersprungen</translation>
  </message>
  <message>
   <source>Undone on {task}: {step}</source>
   <translation>Rückgängig in {task}: {step}</translation>
  </message>
 </context>
 <context>
  <name>WritingDialog</name>
  <message>
   <source>Open folder</source>
   <translation>Ordner öffnen</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>Warteschlange</translation>
  </message>
  <message>
   <source>Write to</source>
   <translation>Schreiben nach</translation>
  </message>
 </context>
 <context>
  <name>_ChoiceRow</name>
  <message>
   <source>Key {number}</source>
   <translation>Taste {number}</translation>
  </message>
 </context>
 <context>
  <name>_ColumnRow</name>
  <message>
   <source>Kind of column {number}</source>
   <translation>Art der Spalte {number}</translation>
  </message>
  <message>
   <source>Required</source>
   <translation>Pflicht</translation>
  </message>
  <message>
   <source>To choose from, separated by commas</source>
   <translation>Zur Auswahl, mit Kommas getrennt</translation>
  </message>
 </context>
 <context>
  <name>_DateControl</name>
  <message>
   <source>Write the day as year-month-day, such as 2026-05-14</source>
   <translation>Den Tag als Jahr-Monat-Tag schreiben, etwa 2026-05-14</translation>
  </message>
 </context>
 <context>
  <name>_Delegate</name>
  <message>
   <source>1 conflict</source>
   <translation>1 Konflikt</translation>
  </message>
  <message>
   <source>1 queue</source>
   <translation>1 Warteschlange</translation>
  </message>
  <message>
   <source>Decided</source>
   <translation>Entschieden</translation>
  </message>
  <message>
   <source>Done</source>
   <translation>Fertig</translation>
  </message>
  <message>
   <source>Find file…</source>
   <translation>Datei suchen…</translation>
  </message>
  <message>
   <source>{count} conflicts</source>
   <translation>{count} Konflikte</translation>
  </message>
  <message>
   <source>{count} queues</source>
   <translation>{count} Warteschlangen</translation>
  </message>
  <message>
   <source>{path}, not found</source>
   <translation>{path}, nicht gefunden</translation>
  </message>
 </context>
 <context>
  <name>_Labels</name>
  <message>
   <source>Label set</source>
   <translation>Label-Satz</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>Warteschlange</translation>
  </message>
 </context>
 <context>
  <name>_Model</name>
  <message>
   <source>Key</source>
   <translation>Schlüssel</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>Values</source>
   <translation>Werte</translation>
  </message>
  <message>
   <source>What</source>
   <translation>Was</translation>
  </message>
  <message>
   <source>Where</source>
   <translation>Wo</translation>
  </message>
  <message>
   <source>Without content: values for a task of this key</source>
   <translation>Ohne Inhalt: Werte für eine Aufgabe mit diesem Schlüssel</translation>
  </message>
 </context>
 <context>
  <name>_Placeholder</name>
  <message>
   <source>Flag…</source>
   <translation>Melden…</translation>
  </message>
  <message>
   <source>Skip…</source>
   <translation>Überspringen…</translation>
  </message>
  <message>
   <source>This image cannot be shown</source>
   <translation>Dieses Bild kann nicht gezeigt werden</translation>
  </message>
 </context>
 <context>
  <name>_QueueCard</name>
  <message>
   <source>All done</source>
   <translation>Alles erledigt</translation>
  </message>
  <message>
   <source>No tasks so far</source>
   <translation>Noch keine Aufgaben</translation>
  </message>
  <message>
   <source>{count} open</source>
   <translation>{count} offen</translation>
  </message>
 </context>
 <context>
  <name>_RootRow</name>
  <message>
   <source>1 file</source>
   <translation>1 Datei</translation>
  </message>
  <message>
   <source>Found</source>
   <translation>Gefunden</translation>
  </message>
  <message>
   <source>In the project itself</source>
   <translation>Im Projekt selbst</translation>
  </message>
  <message>
   <source>Locate…</source>
   <translation>Suchen…</translation>
  </message>
  <message>
   <source>Missing</source>
   <translation>Fehlt</translation>
  </message>
  <message>
   <source>Move…</source>
   <translation>Verlegen…</translation>
  </message>
  <message>
   <source>Nobody said where it is</source>
   <translation>Niemand hat gesagt, wo er ist</translation>
  </message>
  <message>
   <source>{count} files</source>
   <translation>{count} Dateien</translation>
  </message>
 </context>
 <context>
  <name>_Row</name>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Id {number}</source>
   <translation>Id {number}</translation>
  </message>
  <message>
   <source>Move row down</source>
   <translation>Zeile nach unten</translation>
  </message>
  <message>
   <source>Move row up</source>
   <translation>Zeile nach oben</translation>
  </message>
  <message>
   <source>Remove row</source>
   <translation>Zeile entfernen</translation>
  </message>
  <message>
   <source>Row {number}</source>
   <translation>Zeile {number}</translation>
  </message>
  <message>
   <source>Title {number}</source>
   <translation>Titel {number}</translation>
  </message>
 </context>
 <context>
  <name>_Rows</name>
  <message>
   <source>Answers are stored by this id; it stays</source>
   <translation>Antworten sind unter dieser Id abgelegt; sie bleibt</translation>
  </message>
  <message>
   <source>Id</source>
   <translation>Id</translation>
  </message>
  <message>
   <source>Key</source>
   <translation>Taste</translation>
  </message>
  <message>
   <source>New question</source>
   <translation>Neue Frage</translation>
  </message>
  <message>
   <source>Retired</source>
   <translation>Stillgelegt</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Titel</translation>
  </message>
  <message>
   <source>not found</source>
   <translation>nicht gefunden</translation>
  </message>
 </context>
 <context>
  <name>_TestRow</name>
  <message>
   <source>Answer</source>
   <translation>Antwort</translation>
  </message>
  <message>
   <source>Answers</source>
   <translation>Antworten</translation>
  </message>
  <message>
   <source>Delete condition</source>
   <translation>Bedingung löschen</translation>
  </message>
  <message>
   <source>Depends on the question</source>
   <translation>Hängt ab von der Frage</translation>
  </message>
  <message>
   <source>Its answer</source>
   <translation>Ihre Antwort</translation>
  </message>
 </context>
 <context>
  <name>_Turn</name>
  <message>
   <source>Earlier version</source>
   <translation>Frühere Fassung</translation>
  </message>
  <message>
   <source>Later version</source>
   <translation>Spätere Fassung</translation>
  </message>
  <message>
   <source>Message</source>
   <translation>Nachricht</translation>
  </message>
  <message>
   <source>Message by {role}</source>
   <translation>Nachricht von {role}</translation>
  </message>
  <message>
   <source>Remove this message and what follows</source>
   <translation>Diese Nachricht und was folgt entfernen</translation>
  </message>
  <message>
   <source>Who speaks</source>
   <translation>Wer spricht</translation>
  </message>
  <message>
   <source>Write another version from here</source>
   <translation>Ab hier eine andere Fassung schreiben</translation>
  </message>
  <message>
   <source>{at} of {count}</source>
   <translation>{at} von {count}</translation>
  </message>
 </context>
 <context>
  <name>boxes</name>
  <message>
   <source>0</source>
   <translation>0</translation>
  </message>
  <message>
   <source>0 shows all; a prediction without a score is always shown</source>
   <translation>0 zeigt alle; eine Vorhersage ohne Wert wird immer gezeigt</translation>
  </message>
  <message>
   <source>1</source>
   <translation>1</translation>
  </message>
  <message>
   <source>A hidden region is only in the table of regions</source>
   <translation>Eine verborgene Region steht nur in der Tabelle der Regionen</translation>
  </message>
  <message>
   <source>A locked region lets the pointer through; Tab still reaches it</source>
   <translation>Eine gesperrte Region lässt den Zeiger durch; Tab erreicht sie weiterhin</translation>
  </message>
  <message>
   <source>Accept all predictions</source>
   <translation>Alle Vorhersagen annehmen</translation>
  </message>
  <message>
   <source>Accept prediction</source>
   <translation>Vorhersage annehmen</translation>
  </message>
  <message>
   <source>Actual size</source>
   <translation>Originalgröße</translation>
  </message>
  <message>
   <source>Arrow keys move the crosshair while nothing is selected</source>
   <translation>Pfeiltasten bewegen das Fadenkreuz, solange nichts ausgewählt ist</translation>
  </message>
  <message>
   <source>As a list of numbers, or packed into a text; masks that came packed stay so</source>
   <translation>Als Liste von Zahlen oder in einen Text gepackt; was gepackt kam, bleibt es</translation>
  </message>
  <message>
   <source>At the right or the bottom, by 1 px or the least that can be seen; a fine step of the crosshair</source>
   <translation>Rechts oder unten, um 1 px oder das Kleinste, was zu sehen ist; ein feiner Schritt des Fadenkreuzes</translation>
  </message>
  <message>
   <source>Begin with the drawing tool</source>
   <translation>Mit dem Zeichenwerkzeug beginnen</translation>
  </message>
  <message>
   <source>Below the imported folder; empty to look in the usual places</source>
   <translation>Unter dem importierten Ordner; leer, um an den üblichen Orten zu suchen</translation>
  </message>
  <message>
   <source>Boxes</source>
   <translation>Rahmen</translation>
  </message>
  <message>
   <source>By 1 px, or by the least that can be seen where the image is shown smaller; the crosshair where nothing is selected</source>
   <translation>Um 1 px oder, wo das Bild kleiner gezeigt wird, um das Kleinste, was zu sehen ist; das Fadenkreuz, wo nichts ausgewählt ist</translation>
  </message>
  <message>
   <source>COCO</source>
   <translation>COCO</translation>
  </message>
  <message>
   <source>COCO: how new masks are written</source>
   <translation>COCO: wie neue Masken geschrieben werden</translation>
  </message>
  <message>
   <source>COCO: images without annotations were looked at</source>
   <translation>COCO: Bilder ohne Annotationen wurden angesehen</translation>
  </message>
  <message>
   <source>Click again to take what lies below; drag for a rubber band</source>
   <translation>Noch einmal klicken, um das Darunterliegende zu nehmen; ziehen für ein Gummiband</translation>
  </message>
  <message>
   <source>Coordinates in files are those of the stored pixels</source>
   <translation>Koordinaten in Dateien sind die der gespeicherten Pixel</translation>
  </message>
  <message>
   <source>Copy regions</source>
   <translation>Regionen kopieren</translation>
  </message>
  <message>
   <source>Delete regions</source>
   <translation>Regionen löschen</translation>
  </message>
  <message>
   <source>Drag, or click two corners; a click on an outline or a tag still selects</source>
   <translation>Ziehen oder zwei Ecken anklicken; ein Klick auf einen Umriss oder ein Schild wählt weiterhin aus</translation>
  </message>
  <message>
   <source>Draw boxes</source>
   <translation>Rahmen zeichnen</translation>
  </message>
  <message>
   <source>Drops a box being drawn, then the selection</source>
   <translation>Lässt einen begonnenen Rahmen fallen, dann die Auswahl</translation>
  </message>
  <message>
   <source>Duplicate regions</source>
   <translation>Regionen duplizieren</translation>
  </message>
  <message>
   <source>Fit the image</source>
   <translation>Bild einpassen</translation>
  </message>
  <message>
   <source>Folder of the images</source>
   <translation>Ordner der Bilder</translation>
  </message>
  <message>
   <source>Hide or show</source>
   <translation>Aus- oder einblenden</translation>
  </message>
  <message>
   <source>Hide or show all regions</source>
   <translation>Alle Regionen aus- oder einblenden</translation>
  </message>
  <message>
   <source>Higher</source>
   <translation>Höher</translation>
  </message>
  <message>
   <source>Higher by 10</source>
   <translation>Um 10 höher</translation>
  </message>
  <message>
   <source>Image files</source>
   <translation>Bilddateien</translation>
  </message>
  <message>
   <source>Less high</source>
   <translation>Niedriger</translation>
  </message>
  <message>
   <source>Less high by 10</source>
   <translation>Um 10 niedriger</translation>
  </message>
  <message>
   <source>Less sure predictions too</source>
   <translation>Auch weniger sichere Vorhersagen</translation>
  </message>
  <message>
   <source>Let go</source>
   <translation>Loslassen</translation>
  </message>
  <message>
   <source>Lock or unlock</source>
   <translation>Sperren oder entsperren</translation>
  </message>
  <message>
   <source>Matters for photos a camera turned: off, files hold coordinates of the image as it is displayed</source>
   <translation>Wichtig bei Fotos, die eine Kamera gedreht hat: aus heißt, Dateien enthalten Koordinaten des Bildes, wie es gezeigt wird</translation>
  </message>
  <message>
   <source>Move and resize</source>
   <translation>Bewegen und Größe</translation>
  </message>
  <message>
   <source>Move down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <source>Move down by 10</source>
   <translation>Um 10 nach unten</translation>
  </message>
  <message>
   <source>Move left</source>
   <translation>Nach links</translation>
  </message>
  <message>
   <source>Move left by 10</source>
   <translation>Um 10 nach links</translation>
  </message>
  <message>
   <source>Move right</source>
   <translation>Nach rechts</translation>
  </message>
  <message>
   <source>Move right by 10</source>
   <translation>Um 10 nach rechts</translation>
  </message>
  <message>
   <source>Move up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <source>Move up by 10</source>
   <translation>Um 10 nach oben</translation>
  </message>
  <message>
   <source>Narrower</source>
   <translation>Schmaler</translation>
  </message>
  <message>
   <source>Narrower by 10</source>
   <translation>Um 10 schmaler</translation>
  </message>
  <message>
   <source>Next region</source>
   <translation>Nächste Region</translation>
  </message>
  <message>
   <source>Off, polygons (VOC), masks, points and rotated boxes are left out; both is counted</source>
   <translation>Aus heißt, Polygone (VOC), Masken, Punkte und gedrehte Rahmen werden ausgelassen; beides wird gezählt</translation>
  </message>
  <message>
   <source>One image at a time: boxes, polygons, masks and points with labels</source>
   <translation>Ein Bild nach dem anderen: Rahmen, Polygone, Masken und Punkte mit Labels</translation>
  </message>
  <message>
   <source>Only surer predictions</source>
   <translation>Nur sicherere Vorhersagen</translation>
  </message>
  <message>
   <source>Pascal VOC</source>
   <translation>Pascal VOC</translation>
  </message>
  <message>
   <source>Paste regions</source>
   <translation>Regionen einfügen</translation>
  </message>
  <message>
   <source>Predictions</source>
   <translation>Vorhersagen</translation>
  </message>
  <message>
   <source>Previous region</source>
   <translation>Vorherige Region</translation>
  </message>
  <message>
   <source>Raises the score from which predictions are shown by 0.05</source>
   <translation>Hebt den Wert, ab dem Vorhersagen gezeigt werden, um 0,05</translation>
  </message>
  <message>
   <source>Regions</source>
   <translation>Regionen</translation>
  </message>
  <message>
   <source>Reject prediction</source>
   <translation>Vorhersage ablehnen</translation>
  </message>
  <message>
   <source>Select</source>
   <translation>Auswählen</translation>
  </message>
  <message>
   <source>Select all</source>
   <translation>Alles auswählen</translation>
  </message>
  <message>
   <source>Set a corner at the crosshair</source>
   <translation>Ecke am Fadenkreuz setzen</translation>
  </message>
  <message>
   <source>Show all tags</source>
   <translation>Alle Schilder zeigen</translation>
  </message>
  <message>
   <source>Show or hide the overview</source>
   <translation>Übersicht ein- oder ausblenden</translation>
  </message>
  <message>
   <source>Show predictions from this score</source>
   <translation>Vorhersagen ab diesem Wert zeigen</translation>
  </message>
  <message>
   <source>Show rejected predictions again</source>
   <translation>Abgelehnte Vorhersagen wieder zeigen</translation>
  </message>
  <message>
   <source>Show the overview when zoomed in</source>
   <translation>Übersicht zeigen, wenn vergrößert ist</translation>
  </message>
  <message>
   <source>Some readers take no decimals; what was rounded is counted</source>
   <translation>Manche Programme lesen keine Nachkommastellen; Gerundetes wird gezählt</translation>
  </message>
  <message>
   <source>The original sets count from 1 and most programs from 0; auto finds out</source>
   <translation>Die ursprünglichen Daten zählen ab 1, die meisten Programme ab 0; auto findet es heraus</translation>
  </message>
  <message>
   <source>Tools</source>
   <translation>Werkzeuge</translation>
  </message>
  <message>
   <source>VOC: pixels are counted from</source>
   <translation>VOC: Pixel werden gezählt ab</translation>
  </message>
  <message>
   <source>VOC: write whole pixels</source>
   <translation>VOC: ganze Pixel schreiben</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Ansicht</translation>
  </message>
  <message>
   <source>Wider</source>
   <translation>Breiter</translation>
  </message>
  <message>
   <source>Wider by 10</source>
   <translation>Um 10 breiter</translation>
  </message>
  <message>
   <source>YOLO (Ultralytics)</source>
   <translation>YOLO (Ultralytics)</translation>
  </message>
  <message>
   <source>YOLO and VOC: put the images beside their annotations</source>
   <translation>YOLO und VOC: die Bilder zu ihren Annotationen legen</translation>
  </message>
  <message>
   <source>YOLO and VOC: write bounding boxes of what is no upright box</source>
   <translation>YOLO und VOC: umschließende Rahmen schreiben, wo es kein aufrechter Rahmen ist</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <source>Zoom to the selection</source>
   <translation>Auf die Auswahl vergrößern</translation>
  </message>
  <message>
   <source>auto</source>
   <translation>auto</translation>
  </message>
  <message>
   <source>list</source>
   <translation>Liste</translation>
  </message>
  <message>
   <source>text</source>
   <translation>Text</translation>
  </message>
 </context>
 <context>
  <name>comparison</name>
  <message>
   <source>A mark drawn with the mouse takes whole words; hold Alt to take single characters</source>
   <translation>Eine mit der Maus gezogene Markierung nimmt ganze Wörter; Alt halten für einzelne Zeichen</translation>
  </message>
  <message>
   <source>A prompt and the responses to it: preference, ranking, ratings, marked passages</source>
   <translation>Ein Prompt und die Ausgaben dazu: Präferenz, Rangfolge, Bewertungen, markierte Stellen</translation>
  </message>
  <message>
   <source>Adds the column margin</source>
   <translation>Fügt die Spalte margin hinzu</translation>
  </message>
  <message>
   <source>Also where every prompt is a single text</source>
   <translation>Auch wo jeder Prompt ein einzelner Text ist</translation>
  </message>
  <message>
   <source>Answers the ranking with the order the responses are shown in</source>
   <translation>Beantwortet die Rangfolge mit der Reihenfolge, in der die Ausgaben gezeigt werden</translation>
  </message>
  <message>
   <source>Comparison</source>
   <translation>Vergleich</translation>
  </message>
  <message>
   <source>Drop what is selected</source>
   <translation>Auswahl fallen lassen</translation>
  </message>
  <message>
   <source>Export prompts and responses as messages</source>
   <translation>Prompts und Ausgaben als Nachrichten exportieren</translation>
  </message>
  <message>
   <source>Export the strength of a preference</source>
   <translation>Stärke einer Präferenz exportieren</translation>
  </message>
  <message>
   <source>Export who judged, and the names of the models</source>
   <translation>Exportieren, wer geurteilt hat, und die Namen der Modelle</translation>
  </message>
  <message>
   <source>Find words</source>
   <translation>Wörter finden</translation>
  </message>
  <message>
   <source>Fold or unfold the prompt</source>
   <translation>Prompt ein- oder ausklappen</translation>
  </message>
  <message>
   <source>Go to the prompt</source>
   <translation>Zum Prompt</translation>
  </message>
  <message>
   <source>Its id; empty for the first question of its kind</source>
   <translation>Ihre Id; leer für die erste Frage ihrer Art</translation>
  </message>
  <message>
   <source>JSON Lines, a prompt and its responses per line</source>
   <translation>JSON Lines, ein Prompt und seine Ausgaben pro Zeile</translation>
  </message>
  <message>
   <source>Keep the order shown</source>
   <translation>Gezeigte Reihenfolge behalten</translation>
  </message>
  <message>
   <source>MT-bench answers in one task</source>
   <translation>MT-bench-Antworten in einer Aufgabe</translation>
  </message>
  <message>
   <source>MT-bench folder: questions, answers, judgments</source>
   <translation>MT-bench-Ordner: Fragen, Antworten, Urteile</translation>
  </message>
  <message>
   <source>Make pairs of rankings too</source>
   <translation>Auch aus Rangfolgen Paare machen</translation>
  </message>
  <message>
   <source>Mark with the last label</source>
   <translation>Mit dem letzten Label markieren</translation>
  </message>
  <message>
   <source>Marks</source>
   <translation>Markierungen</translation>
  </message>
  <message>
   <source>Move the end left</source>
   <translation>Ende nach links</translation>
  </message>
  <message>
   <source>Move the end right</source>
   <translation>Ende nach rechts</translation>
  </message>
  <message>
   <source>Move the response down</source>
   <translation>Ausgabe nach unten</translation>
  </message>
  <message>
   <source>Move the response up</source>
   <translation>Ausgabe nach oben</translation>
  </message>
  <message>
   <source>Move the start left</source>
   <translation>Anfang nach links</translation>
  </message>
  <message>
   <source>Move the start right</source>
   <translation>Anfang nach rechts</translation>
  </message>
  <message>
   <source>Next mark</source>
   <translation>Nächste Markierung</translation>
  </message>
  <message>
   <source>Order</source>
   <translation>Reihenfolge</translation>
  </message>
  <message>
   <source>PandaLM test set, pairs with votes</source>
   <translation>PandaLM-Testsatz, Paare mit Stimmen</translation>
  </message>
  <message>
   <source>Preference pairs for training (prompt, chosen, rejected)</source>
   <translation>Präferenzpaare fürs Training (prompt, chosen, rejected)</translation>
  </message>
  <message>
   <source>Previous mark</source>
   <translation>Vorherige Markierung</translation>
  </message>
  <message>
   <source>Question that exports for training are made of</source>
   <translation>Frage, aus der Exporte fürs Training entstehen</translation>
  </message>
  <message>
   <source>Rankings with ties</source>
   <translation>Rangfolgen mit Gleichstand</translation>
  </message>
  <message>
   <source>Remove mark</source>
   <translation>Markierung entfernen</translation>
  </message>
  <message>
   <source>Responses lie</source>
   <translation>Ausgaben liegen</translation>
  </message>
  <message>
   <source>Scroll together</source>
   <translation>Gemeinsam scrollen</translation>
  </message>
  <message>
   <source>Select the word at the caret</source>
   <translation>Wort an der Schreibmarke auswählen</translation>
  </message>
  <message>
   <source>Show as written</source>
   <translation>Zeigen, wie geschrieben</translation>
  </message>
  <message>
   <source>Show responses as they are written</source>
   <translation>Ausgaben zeigen, wie sie geschrieben sind</translation>
  </message>
  <message>
   <source>Side by side, stacked or one at a time</source>
   <translation>Nebeneinander, untereinander oder einzeln</translation>
  </message>
  <message>
   <source>Snap marks to words</source>
   <translation>Markierungen an Wörtern einrasten</translation>
  </message>
  <message>
   <source>Those of all models together or in pairs; auto makes pairs where pairs were judged</source>
   <translation>Die aller Modelle zusammen oder paarweise; auto macht Paare, wo Paare beurteilt wurden</translation>
  </message>
  <message>
   <source>Tie with the one above, or split</source>
   <translation>Mit der darüber gleichsetzen oder trennen</translation>
  </message>
  <message>
   <source>Turns all texts from rendered Markdown to the text as it was written, and back to the same place</source>
   <translation>Stellt alle Texte von gesetztem Markdown auf den geschriebenen Text um, und zurück an dieselbe Stelle</translation>
  </message>
  <message>
   <source>Typing leads to the words and selects them; Enter stays there, Escape goes back</source>
   <translation>Tippen führt zu den Wörtern und wählt sie aus; Eingabe bleibt dort, Esc geht zurück</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Ansicht</translation>
  </message>
  <message>
   <source>Where a task has no preference: every two responses of unlike ranks</source>
   <translation>Wo eine Aufgabe keine Präferenz hat: je zwei Ausgaben verschiedenen Rangs</translation>
  </message>
  <message>
   <source>auto</source>
   <translation>auto</translation>
  </message>
  <message>
   <source>beside</source>
   <translation>nebeneinander</translation>
  </message>
  <message>
   <source>pairs</source>
   <translation>paarweise</translation>
  </message>
  <message>
   <source>single</source>
   <translation>einzeln</translation>
  </message>
  <message>
   <source>stacked</source>
   <translation>untereinander</translation>
  </message>
  <message>
   <source>together</source>
   <translation>zusammen</translation>
  </message>
 </context>
 <context>
  <name>sentiment</name>
  <message>
   <source>A span drawn with the mouse takes whole words; hold Alt to take single characters</source>
   <translation>Eine mit der Maus gezogene Spanne nimmt ganze Wörter; Alt halten für einzelne Zeichen</translation>
  </message>
  <message>
   <source>Accept all predictions</source>
   <translation>Alle Vorhersagen annehmen</translation>
  </message>
  <message>
   <source>Accept prediction</source>
   <translation>Vorhersage annehmen</translation>
  </message>
  <message>
   <source>Begin exported tables with a byte order mark</source>
   <translation>Exportierte Tabellen mit einer Byte-Reihenfolge-Marke beginnen</translation>
  </message>
  <message>
   <source>CSV, one text per row</source>
   <translation>CSV, ein Text pro Zeile</translation>
  </message>
  <message>
   <source>Column with the key</source>
   <translation>Spalte mit dem Schlüssel</translation>
  </message>
  <message>
   <source>Column with the text</source>
   <translation>Spalte mit dem Text</translation>
  </message>
  <message>
   <source>Encoding of imported files</source>
   <translation>Zeichenkodierung importierter Dateien</translation>
  </message>
  <message>
   <source>Ends painting with a label, then the selection</source>
   <translation>Beendet das Malen mit einem Label, dann die Auswahl</translation>
  </message>
  <message>
   <source>Find words</source>
   <translation>Wörter finden</translation>
  </message>
  <message>
   <source>For example windows-1252; empty to find it out from the file</source>
   <translation>Etwa windows-1252; leer, um sie an der Datei zu erkennen</translation>
  </message>
  <message>
   <source>Gives every other place with the same words the label of the selected span</source>
   <translation>Gibt jeder anderen Stelle mit denselben Wörtern das Label der ausgewählten Spanne</translation>
  </message>
  <message>
   <source>Import each line of a text file as a task</source>
   <translation>Jede Zeile einer Textdatei als Aufgabe importieren</translation>
  </message>
  <message>
   <source>JSON Lines, one text per line</source>
   <translation>JSON Lines, ein Text pro Zeile</translation>
  </message>
  <message>
   <source>Keep spreadsheets from reading texts as formulas</source>
   <translation>Tabellenprogramme davon abhalten, Texte als Formeln zu lesen</translation>
  </message>
  <message>
   <source>Label all occurrences</source>
   <translation>Alle Vorkommen markieren</translation>
  </message>
  <message>
   <source>Label with the last label</source>
   <translation>Mit dem letzten Label markieren</translation>
  </message>
  <message>
   <source>Move the end left</source>
   <translation>Ende nach links</translation>
  </message>
  <message>
   <source>Move the end right</source>
   <translation>Ende nach rechts</translation>
  </message>
  <message>
   <source>Move the start left</source>
   <translation>Anfang nach links</translation>
  </message>
  <message>
   <source>Move the start right</source>
   <translation>Anfang nach rechts</translation>
  </message>
  <message>
   <source>Next span</source>
   <translation>Nächste Spanne</translation>
  </message>
  <message>
   <source>One text at a time: classes, scales and labelled spans</source>
   <translation>Ein Text nach dem anderen: Klassen, Skalen und Spannen mit Labels</translation>
  </message>
  <message>
   <source>Predictions</source>
   <translation>Vorhersagen</translation>
  </message>
  <message>
   <source>Previous span</source>
   <translation>Vorherige Spanne</translation>
  </message>
  <message>
   <source>Put the label down</source>
   <translation>Label ablegen</translation>
  </message>
  <message>
   <source>Puts ' before a text that begins with =, +, - or @ and notes it in the column escaped</source>
   <translation>Setzt ' vor einen Text, der mit =, +, - oder @ beginnt, und vermerkt es in der Spalte escaped</translation>
  </message>
  <message>
   <source>Reject prediction</source>
   <translation>Vorhersage ablehnen</translation>
  </message>
  <message>
   <source>Remove span</source>
   <translation>Spanne entfernen</translation>
  </message>
  <message>
   <source>Select the word at the caret</source>
   <translation>Wort an der Schreibmarke auswählen</translation>
  </message>
  <message>
   <source>Sentiment</source>
   <translation>Stimmung</translation>
  </message>
  <message>
   <source>Show rejected predictions again</source>
   <translation>Abgelehnte Vorhersagen wieder zeigen</translation>
  </message>
  <message>
   <source>Snap spans to words</source>
   <translation>Spannen an Wörtern einrasten</translation>
  </message>
  <message>
   <source>Some spreadsheets need it to read UTF-8</source>
   <translation>Manche Tabellenprogramme brauchen sie, um UTF-8 zu lesen</translation>
  </message>
  <message>
   <source>Spans</source>
   <translation>Spannen</translation>
  </message>
  <message>
   <source>TSV, one text per row</source>
   <translation>TSV, ein Text pro Zeile</translation>
  </message>
  <message>
   <source>Text files, one text per file</source>
   <translation>Textdateien, ein Text pro Datei</translation>
  </message>
  <message>
   <source>The name of the column imported as the task's key; empty for id</source>
   <translation>Der Name der Spalte, die als Schlüssel der Aufgabe importiert wird; leer für id</translation>
  </message>
  <message>
   <source>The name of the column imported as the text; empty for text</source>
   <translation>Der Name der Spalte, die als Text importiert wird; leer für text</translation>
  </message>
  <message>
   <source>Typing leads to the words and selects them; Enter stays there, Escape goes back</source>
   <translation>Tippen führt zu den Wörtern und wählt sie aus; Eingabe bleibt dort, Esc geht zurück</translation>
  </message>
 </context>
 <context>
  <name>transcription</name>
  <message>
   <source>Accept all predictions</source>
   <translation>Alle Vorhersagen annehmen</translation>
  </message>
  <message>
   <source>Accept prediction</source>
   <translation>Vorhersage annehmen</translation>
  </message>
  <message>
   <source>Add a point at the playhead</source>
   <translation>Punkt an der Abspielstelle hinzufügen</translation>
  </message>
  <message>
   <source>After a pause playing goes on a little before where it stopped</source>
   <translation>Nach einer Pause geht es ein wenig vor der letzten Stelle weiter</translation>
  </message>
  <message>
   <source>At the same pitch, down to a quarter</source>
   <translation>Bei gleicher Tonhöhe, bis zu einem Viertel</translation>
  </message>
  <message>
   <source>At the same pitch, up to three times</source>
   <translation>Bei gleicher Tonhöhe, bis zum Dreifachen</translation>
  </message>
  <message>
   <source>Begin each line of exported text with its time</source>
   <translation>Jede Zeile exportierten Textes mit ihrer Zeit beginnen</translation>
  </message>
  <message>
   <source>Draw the wave lower</source>
   <translation>Welle niedriger zeichnen</translation>
  </message>
  <message>
   <source>Draw the wave taller</source>
   <translation>Welle höher zeichnen</translation>
  </message>
  <message>
   <source>End the segment at the playhead</source>
   <translation>Segment an der Abspielstelle beenden</translation>
  </message>
  <message>
   <source>Ends one that was started before</source>
   <translation>Beendet eines, das vorher begonnen wurde</translation>
  </message>
  <message>
   <source>Faster</source>
   <translation>Schneller</translation>
  </message>
  <message>
   <source>Go to the end of the recording</source>
   <translation>Zum Ende der Aufnahme</translation>
  </message>
  <message>
   <source>Go to the start of the recording</source>
   <translation>Zum Anfang der Aufnahme</translation>
  </message>
  <message>
   <source>JSON Lines, one transcript per line</source>
   <translation>JSON Lines, ein Transkript pro Zeile</translation>
  </message>
  <message>
   <source>Let keys move the other edge</source>
   <translation>Tasten die andere Kante verschieben lassen</translation>
  </message>
  <message>
   <source>Loop the segment</source>
   <translation>Segment wiederholen</translation>
  </message>
  <message>
   <source>Merge with the next segment</source>
   <translation>Mit dem nächsten Segment verbinden</translation>
  </message>
  <message>
   <source>Move the edge 1 ms earlier</source>
   <translation>Kante 1 ms früher</translation>
  </message>
  <message>
   <source>Move the edge 1 ms later</source>
   <translation>Kante 1 ms später</translation>
  </message>
  <message>
   <source>Move the edge 10 ms earlier</source>
   <translation>Kante 10 ms früher</translation>
  </message>
  <message>
   <source>Move the edge 10 ms later</source>
   <translation>Kante 10 ms später</translation>
  </message>
  <message>
   <source>Move the edge 100 ms earlier</source>
   <translation>Kante 100 ms früher</translation>
  </message>
  <message>
   <source>Move the edge 100 ms later</source>
   <translation>Kante 100 ms später</translation>
  </message>
  <message>
   <source>Move the end to the playhead</source>
   <translation>Ende zur Abspielstelle</translation>
  </message>
  <message>
   <source>Move the start to the playhead</source>
   <translation>Anfang zur Abspielstelle</translation>
  </message>
  <message>
   <source>Name the speaker in each line of exported text</source>
   <translation>Sprecher in jeder Zeile exportierten Textes nennen</translation>
  </message>
  <message>
   <source>New speaker</source>
   <translation>Neuer Sprecher</translation>
  </message>
  <message>
   <source>Next segment</source>
   <translation>Nächstes Segment</translation>
  </message>
  <message>
   <source>Normal speed</source>
   <translation>Normales Tempo</translation>
  </message>
  <message>
   <source>Plain text</source>
   <translation>Reiner Text</translation>
  </message>
  <message>
   <source>Play or pause</source>
   <translation>Abspielen oder Pause</translation>
  </message>
  <message>
   <source>Play the segment</source>
   <translation>Segment abspielen</translation>
  </message>
  <message>
   <source>Playing</source>
   <translation>Wiedergabe</translation>
  </message>
  <message>
   <source>Praat TextGrid</source>
   <translation>Praat TextGrid</translation>
  </message>
  <message>
   <source>Predictions</source>
   <translation>Vorhersagen</translation>
  </message>
  <message>
   <source>Previous segment</source>
   <translation>Vorheriges Segment</translation>
  </message>
  <message>
   <source>Put down what is begun or selected</source>
   <translation>Begonnenes oder Ausgewähltes ablegen</translation>
  </message>
  <message>
   <source>Recordings, one task per file</source>
   <translation>Aufnahmen, eine Aufgabe pro Datei</translation>
  </message>
  <message>
   <source>Recordings: segments in time with speaker and text</source>
   <translation>Aufnahmen: Segmente in der Zeit mit Sprecher und Text</translation>
  </message>
  <message>
   <source>Reject prediction</source>
   <translation>Vorhersage ablehnen</translation>
  </message>
  <message>
   <source>Remove the segment</source>
   <translation>Segment entfernen</translation>
  </message>
  <message>
   <source>Rename the speaker everywhere</source>
   <translation>Sprecher überall umbenennen</translation>
  </message>
  <message>
   <source>Scroll to earlier</source>
   <translation>Nach früher scrollen</translation>
  </message>
  <message>
   <source>Scroll to later</source>
   <translation>Nach später scrollen</translation>
  </message>
  <message>
   <source>Seconds of a step back or forward</source>
   <translation>Sekunden eines Schritts zurück oder vor</translation>
  </message>
  <message>
   <source>Seconds of silence between two rounds of a loop</source>
   <translation>Sekunden Stille zwischen zwei Wiederholungen</translation>
  </message>
  <message>
   <source>Seconds to go back on resume</source>
   <translation>Sekunden zurück beim Fortsetzen</translation>
  </message>
  <message>
   <source>Segment or transcribe</source>
   <translation>Segmentieren oder transkribieren</translation>
  </message>
  <message>
   <source>Segments</source>
   <translation>Segmente</translation>
  </message>
  <message>
   <source>Show rejected predictions again</source>
   <translation>Abgelehnte Vorhersagen wieder zeigen</translation>
  </message>
  <message>
   <source>Show the whole recording</source>
   <translation>Ganze Aufnahme zeigen</translation>
  </message>
  <message>
   <source>Slower</source>
   <translation>Langsamer</translation>
  </message>
  <message>
   <source>Speaker 1</source>
   <translation>Sprecher 1</translation>
  </message>
  <message>
   <source>Speaker 2</source>
   <translation>Sprecher 2</translation>
  </message>
  <message>
   <source>Speaker 3</source>
   <translation>Sprecher 3</translation>
  </message>
  <message>
   <source>Speaker 4</source>
   <translation>Sprecher 4</translation>
  </message>
  <message>
   <source>Speaker 5</source>
   <translation>Sprecher 5</translation>
  </message>
  <message>
   <source>Speaker 6</source>
   <translation>Sprecher 6</translation>
  </message>
  <message>
   <source>Speaker 7</source>
   <translation>Sprecher 7</translation>
  </message>
  <message>
   <source>Speaker 8</source>
   <translation>Sprecher 8</translation>
  </message>
  <message>
   <source>Speaker 9</source>
   <translation>Sprecher 9</translation>
  </message>
  <message>
   <source>Speakers</source>
   <translation>Sprecher</translation>
  </message>
  <message>
   <source>Split at the playhead</source>
   <translation>An der Abspielstelle teilen</translation>
  </message>
  <message>
   <source>Start a segment at the playhead</source>
   <translation>Segment an der Abspielstelle beginnen</translation>
  </message>
  <message>
   <source>Step back</source>
   <translation>Schritt zurück</translation>
  </message>
  <message>
   <source>Step back 1 ms</source>
   <translation>1 ms zurückspringen</translation>
  </message>
  <message>
   <source>Step back 10 ms</source>
   <translation>10 ms zurückspringen</translation>
  </message>
  <message>
   <source>Step forward</source>
   <translation>Schritt vor</translation>
  </message>
  <message>
   <source>Step forward 1 ms</source>
   <translation>1 ms vorspringen</translation>
  </message>
  <message>
   <source>Step forward 10 ms</source>
   <translation>10 ms vorspringen</translation>
  </message>
  <message>
   <source>SubRip subtitles</source>
   <translation>SubRip-Untertitel</translation>
  </message>
  <message>
   <source>The text is split at the caret</source>
   <translation>Der Text wird an der Schreibmarke geteilt</translation>
  </message>
  <message>
   <source>Transcript</source>
   <translation>Transkript</translation>
  </message>
  <message>
   <source>Transcription</source>
   <translation>Transkription</translation>
  </message>
  <message>
   <source>Type the text, or leave it</source>
   <translation>Text eingeben oder verlassen</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Ansicht</translation>
  </message>
  <message>
   <source>Whether two clicks in the wave make a segment, or a click goes there</source>
   <translation>Ob zwei Klicks in die Welle ein Segment machen oder ein Klick dorthin geht</translation>
  </message>
  <message>
   <source>Whisper JSON (openai-whisper, faster-whisper, WhisperX, whisper.cpp)</source>
   <translation>Whisper JSON (openai-whisper, faster-whisper, WhisperX, whisper.cpp)</translation>
  </message>
  <message>
   <source>With the next one of the same speaker</source>
   <translation>Mit dem nächsten desselben Sprechers</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <source>Zoom to the segment</source>
   <translation>Auf das Segment vergrößern</translation>
  </message>
 </context>
</TS>
