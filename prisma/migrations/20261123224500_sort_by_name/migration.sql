-- CreateIndex
CREATE INDEX "projects_name_id_idx" ON "projects"("name", "id");

-- CreateIndex
CREATE INDEX "songs_name_project_id_id_idx" ON "songs"("name", "project_id", "id");

-- CreateIndex
CREATE INDEX "playlists_name_project_id_id_idx" ON "playlists"("name", "project_id", "id");
