import { countOf } from "#shared/words/count.ts"

/** Offers what has come above the rows in sight. */
export const NewsButton = ({ count, what, onShow }: { count: number; what: string; onShow: () => void }) =>
  count > 0 && (
    <div className="pointer-events-none sticky top-16 z-10 -mb-8 flex h-8 justify-center md:top-11">
      <button
        type="button"
        onClick={onShow}
        className="pointer-events-auto rounded-full border border-accent bg-raised px-4 text-sm/7.5 font-medium text-accent shadow-lg"
      >
        Show {countOf(count, `new ${what}`)}
      </button>
    </div>
  )
