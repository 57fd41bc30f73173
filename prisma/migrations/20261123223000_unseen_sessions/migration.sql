-- What the schema language cannot say.

-- CreateIndex: the sessions that grew since somebody last looked, few among many.
CREATE INDEX "sessions_unseen_idx" ON "sessions" ("last_activity" DESC, "id" DESC) WHERE "message_count" > "seen_count";
