import { NotFoundNotice } from "@/components/shell/not-found-notice";
import { PlainFrame } from "@/components/shell/plain-frame";

export default function NotFoundPage() {
  return (
    <PlainFrame>
      <NotFoundNotice />
    </PlainFrame>
  );
}
