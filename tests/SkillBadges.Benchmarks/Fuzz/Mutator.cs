using System.Text;

namespace SkillBadges.Benchmarks.Fuzz;

/// <summary>Small damage to sound inputs: bits, bytes, pieces moved, cut and doubled, words of the format in wrong places.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<string> tokens)
{
    public byte[] Mutate(byte[] start, byte[] other)
    {
        var bytes = new List<byte>(start);
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(bytes.Count + 1);
            var length = Math.Min(1 << random.Next(9), bytes.Count - at);
            switch (random.Next(8))
            {
                case 0 when at < bytes.Count:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1 when at < bytes.Count:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                    break;
                case 5:
                    var from = random.Next(other.Length);
                    bytes.InsertRange(at, other[from..Math.Min(from + 1 + random.Next(200), other.Length)]);
                    break;
                case 6:
                    bytes.RemoveRange(at, random.Next(20) == 0 ? bytes.Count - at : Math.Min(length, 4));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(tokens[random.Next(tokens.Count)]));
                    break;
            }
        }

        return [.. bytes];
    }
}
