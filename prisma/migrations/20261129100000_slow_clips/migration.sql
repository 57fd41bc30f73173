-- AlterEnum
ALTER TYPE "clip_state" ADD VALUE 'slow';
