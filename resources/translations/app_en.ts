<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
 <context>
  <name>Boxes</name>
  <message numerus="yes">
   <source>{count} regions copied</source>
   <translation>
    <numerusform>{count} region copied</numerusform>
    <numerusform>{count} regions copied</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>BoxesEditor</name>
  <message numerus="yes">
   <source>{count} regions</source>
   <translation>
    <numerusform>{count} region</numerusform>
    <numerusform>{count} regions</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Comparison</name>
  <message numerus="yes">
   <source>{count} marks</source>
   <translation>
    <numerusform>{count} mark</numerusform>
    <numerusform>{count} marks</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} words</source>
   <translation>
    <numerusform>{count} word</numerusform>
    <numerusform>{count} words</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>DecisionTab</name>
  <message numerus="yes">
   <source>And %n more places, as a version that is kept has them</source>
   <translation>
    <numerusform>And %n more place, as a version that is kept has it</numerusform>
    <numerusform>And %n more places, as a version that is kept has them</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>Still open: %n</source>
   <translation>
    <numerusform>Still open: %n</numerusform>
    <numerusform>Still open: %n</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Header</name>
  <message numerus="yes">
   <source>{count} characters</source>
   <translation>
    <numerusform>{count} character</numerusform>
    <numerusform>{count} characters</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>HistoryTab</name>
  <message numerus="yes">
   <source>Decided between %n versions</source>
   <translation>
    <numerusform>Decided between %n version</numerusform>
    <numerusform>Decided between %n versions</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>ImageShow</name>
  <message numerus="yes">
   <source>Its {count} regions are kept</source>
   <translation>
    <numerusform>Its {count} region is kept</numerusform>
    <numerusform>Its {count} regions are kept</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>OverflowRow</name>
  <message numerus="yes">
   <source>{count} more</source>
   <translation>
    <numerusform>{count} more</numerusform>
    <numerusform>{count} more</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>PredictionBar</name>
  <message numerus="yes">
   <source>{count} predictions</source>
   <translation>
    <numerusform>{count} prediction</numerusform>
    <numerusform>{count} predictions</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>{count} rejected</source>
   <translation>
    <numerusform>{count} rejected</numerusform>
    <numerusform>{count} rejected</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>QuestionForm</name>
  <message numerus="yes">
   <source>%n selected</source>
   <translation>
    <numerusform>%n selected</numerusform>
    <numerusform>%n selected</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>QueueQuestionsDialog</name>
  <message numerus="yes">
   <source>%n answer(s) have it, and nothing that was answered is deleted.</source>
   <translation>
    <numerusform>%n answer has it, and nothing that was answered is deleted.</numerusform>
    <numerusform>%n answers have it, and nothing that was answered is deleted.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n answer(s) will be hidden. Nothing is deleted: asked again, they are back.</source>
   <translation>
    <numerusform>%n answer will be hidden. Nothing is deleted: asked again, it is back.</numerusform>
    <numerusform>%n answers will be hidden. Nothing is deleted: asked again, they are back.</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n task(s) have drafts, which may hold an answer. Submit them first.</source>
   <translation>
    <numerusform>%n task has a draft, which may hold an answer. Submit it first.</numerusform>
    <numerusform>%n tasks have drafts, which may hold an answer. Submit them first.</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Sentiment</name>
  <message numerus="yes">
   <source>Labelled {count} more places as {label}</source>
   <translation>
    <numerusform>Labelled {count} more place as {label}</numerusform>
    <numerusform>Labelled {count} more places as {label}</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>SideCards</name>
  <message numerus="yes">
   <source>And %n more places</source>
   <translation>
    <numerusform>And %n more place</numerusform>
    <numerusform>And %n more places</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Telling</name>
  <message numerus="yes">
   <source>%n more problems</source>
   <translation>
    <numerusform>%n more problem</numerusform>
    <numerusform>%n more problems</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>Transcription</name>
  <message numerus="yes">
   <source>There are {count} speakers</source>
   <translation>
    <numerusform>There is {count} speaker</numerusform>
    <numerusform>There are {count} speakers</numerusform>
   </translation>
  </message>
 </context>
</TS>
