import { LoadingPage } from "@/components/ui/loading-page";
import { Skeleton } from "@/components/ui/skeleton";

export default function MetricsLoading() {
  return (
    <LoadingPage>
      <Skeleton className="h-9 w-72 max-w-full" />
      <Skeleton className="h-[70dvh]" />
    </LoadingPage>
  );
}
