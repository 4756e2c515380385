"use client";

import { Download, FileSpreadsheet, Image } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuItem } from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import { csvText } from "@/lib/platform/http/csv";
import { pictureOf } from "./picture";
import { saveFile } from "./save-file";

/** The numbers of a figure as a table to take away. */
export interface FigureData {
  /** Name of the files, without an ending. */
  fileName: string;
  header: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

/** Takes a figure away: its numbers as CSV, and the card it stands in as PNG where it is a picture. */
export function FigureMenu({ title, data, picture }: { title: string; data: FigureData; picture: boolean }) {
  const t = useTranslations("charts");
  const anchor = useRef<HTMLDivElement>(null);

  async function savePicture() {
    const card = anchor.current?.closest("section");
    const content = card && (await pictureOf(card).catch(() => null));
    if (content) saveFile(`${data.fileName}.png`, content);
    else toast.error(t("pngFailed"));
  }

  const saveNumbers = () =>
    saveFile(
      `${data.fileName}.csv`,
      new Blob([csvText(data.header, data.rows)], { type: "text/csv;charset=utf-8" }),
    );

  return (
    <div ref={anchor} data-not-in-picture>
      <DropdownMenu
        align="end"
        trigger={
          <Button variant="ghost" size="icon" aria-label={t("save", { title })} title={t("save", { title })}>
            <Download aria-hidden size={15} />
          </Button>
        }
      >
        <MenuItem onSelect={saveNumbers}>
          <FileSpreadsheet aria-hidden size={16} className="text-ink-3" />
          {t("csv")}
        </MenuItem>
        {picture && (
          <MenuItem onSelect={() => void savePicture()}>
            <Image aria-hidden size={16} className="text-ink-3" />
            {t("png")}
          </MenuItem>
        )}
      </DropdownMenu>
    </div>
  );
}
