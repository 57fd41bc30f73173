-- CreateIndex
CREATE INDEX "clip_versions_code_idx" ON "clip_versions" USING HASH ("code");
