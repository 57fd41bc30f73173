-- No key changes where it is referred to: what moves is copied. A distributed database refuses the cascades.

-- DropForeignKey
ALTER TABLE "messages" DROP CONSTRAINT "messages_session_id_fkey";
ALTER TABLE "memory_files" DROP CONSTRAINT "memory_files_session_id_fkey";
ALTER TABLE "clips" DROP CONSTRAINT "clips_project_id_fkey";
ALTER TABLE "clip_versions" DROP CONSTRAINT "clip_versions_project_id_clip_id_fkey";
ALTER TABLE "songs" DROP CONSTRAINT "songs_project_id_fkey";
ALTER TABLE "song_clips" DROP CONSTRAINT "song_clips_project_id_song_id_fkey";
ALTER TABLE "song_clips" DROP CONSTRAINT "song_clips_project_id_clip_id_fkey";
ALTER TABLE "playlists" DROP CONSTRAINT "playlists_project_id_fkey";
ALTER TABLE "playlist_songs" DROP CONSTRAINT "playlist_songs_project_id_playlist_id_fkey";
ALTER TABLE "playlist_songs" DROP CONSTRAINT "playlist_songs_project_id_song_id_fkey";
ALTER TABLE "project_files" DROP CONSTRAINT "project_files_project_id_fkey";

-- AddForeignKey
ALTER TABLE "messages" ADD CONSTRAINT "messages_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "memory_files" ADD CONSTRAINT "memory_files_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "clips" ADD CONSTRAINT "clips_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "clip_versions" ADD CONSTRAINT "clip_versions_project_id_clip_id_fkey" FOREIGN KEY ("project_id", "clip_id") REFERENCES "clips"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "songs" ADD CONSTRAINT "songs_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "song_clips" ADD CONSTRAINT "song_clips_project_id_song_id_fkey" FOREIGN KEY ("project_id", "song_id") REFERENCES "songs"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "song_clips" ADD CONSTRAINT "song_clips_project_id_clip_id_fkey" FOREIGN KEY ("project_id", "clip_id") REFERENCES "clips"("project_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "playlists" ADD CONSTRAINT "playlists_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "playlist_songs" ADD CONSTRAINT "playlist_songs_project_id_playlist_id_fkey" FOREIGN KEY ("project_id", "playlist_id") REFERENCES "playlists"("project_id", "id") ON DELETE CASCADE ON UPDATE NO ACTION;
ALTER TABLE "playlist_songs" ADD CONSTRAINT "playlist_songs_project_id_song_id_fkey" FOREIGN KEY ("project_id", "song_id") REFERENCES "songs"("project_id", "id") ON DELETE RESTRICT ON UPDATE NO ACTION;
ALTER TABLE "project_files" ADD CONSTRAINT "project_files_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE NO ACTION;
