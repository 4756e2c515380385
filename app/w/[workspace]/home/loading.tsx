import { LoadingPage } from "@/components/ui/loading-page";
import { Skeleton } from "@/components/ui/skeleton";

export default function HomeLoading() {
  return (
    <LoadingPage>
      <Skeleton className="h-72" />
      <Skeleton className="h-36" />
    </LoadingPage>
  );
}
