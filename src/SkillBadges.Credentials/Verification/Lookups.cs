using SkillBadges.Credentials.Dids;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Everything that one verification asks of the outside, each question once, and no more than a bounded number of them: a hostile
/// record must not make us ask hundreds of hosts. Safe for the threads of that verification.
/// </summary>
internal sealed class Lookups(VerifierPorts ports) : IDidResolver
{
    private const int MostDocuments = 16;
    private const int MostLists = 32;

    private readonly Lock asking = new();
    private readonly Dictionary<string, Task<DidResolution>> documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Task<Fetched>> lists = new(StringComparer.Ordinal);

    public ValueTask<DidResolution> ResolveAsync(string did, CancellationToken cancellationToken) => OnceAsync(
        documents, did, MostDocuments, () => ports.Dids.ResolveAsync(did, cancellationToken), DidResolution.Failed(DidResolutionStatus.NotAllowed));

    internal ValueTask<Fetched> FetchListAsync(Uri url, CancellationToken cancellationToken) => OnceAsync(
        lists, url.AbsoluteUri, MostLists, () => ports.FetchStatusList(url, cancellationToken), Fetched.NotAllowed);

    private ValueTask<T> OnceAsync<T>(Dictionary<string, Task<T>> known, string question, int most, Func<ValueTask<T>> ask, T refused)
    {
        lock (asking)
        {
            if (!known.TryGetValue(question, out var answer))
            {
                known[question] = answer = known.Count < most ? ask().AsTask() : Task.FromResult(refused);
            }

            return new(answer);
        }
    }
}
