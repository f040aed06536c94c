using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.RateLimiting;
using SkillBadges.Core;

namespace SkillBadges.App.Http;

/// <summary>So much from one address, so much from one account, and less of what guesses passwords.</summary>
internal static class RateLimits
{
    /// <summary>The policy of doors at which secrets could be guessed.</summary>
    public const string Guessable = "guessable";

    /// <summary>The policy of links that show somebody's record: so often each, whoever asks.</summary>
    public const string PerLink = "per-link";

    private const int OpeningsPerLink = 120;

    public static void AddRateLimits(this IServiceCollection services, RequestRates rates) => services.AddRateLimiter(options =>
    {
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(context => Bucket(Subnet(context.Connection.RemoteIpAddress), rates.PerAddress)),
            PartitionedRateLimiter.Create<HttpContext, string>(context => CurrentActor.Of(context.User) is { } actor
                ? Bucket(actor.Person.Value, rates.PerAccount)
                : RateLimitPartition.GetNoLimiter("")));
        options.AddPolicy(Guessable, context => HttpMethods.IsGet(context.Request.Method)
            ? RateLimitPartition.GetNoLimiter("")
            : Bucket(Subnet(context.Connection.RemoteIpAddress), rates.SignInsPerAddress));
        options.AddPolicy(PerLink, context => Bucket(
            Sha256Digest.Of(Encoding.UTF8.GetBytes(context.GetRouteValue("token") as string ?? "")).Hex, rates.PerAddress == 0 ? 0 : OpeningsPerLink));
        options.OnRejected = (context, _) => throw new RequestRefusedException(429, "request.too-many", "Too many requests; please wait a little.")
        {
            RetryAfter = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(10),
        };
    });

    /// <summary>The address, or for IPv6 its /64, which is what one household or school is given.</summary>
    internal static string Subnet(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static RateLimitPartition<string> Bucket(string key, int perMinute) => perMinute == 0
        ? RateLimitPartition.GetNoLimiter(key)
        : RateLimitPartition.GetSlidingWindowLimiter(key, _ => new()
        {
            PermitLimit = perMinute,
            Window = TimeSpan.FromMinutes(1),
            SegmentsPerWindow = 6,
            QueueLimit = 0,
        });
}
