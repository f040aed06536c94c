namespace SkillBadges.Credentials;

/// <summary>
/// The CRC-32 of gzip and PNG (RFC 1952 8): reflected polynomial 0xEDB88320. The checksum of two byte strings one after the
/// other can be had from those of the parts, so a part that did not change need not be read again.
/// </summary>
public static class Crc32
{
    private const uint Polynomial = 0xEDB88320;

    // Eight bytes a step: table k holds the effect of a byte that k further bytes follow.
    private static readonly uint[][] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> bytes) => Of(0, bytes);

    /// <summary>The checksum of what had the checksum <paramref name="before"/> and these bytes after it.</summary>
    public static uint Of(uint before, ReadOnlySpan<byte> bytes)
    {
        var crc = ~before;
        while (bytes.Length >= 8)
        {
            var low = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            crc = Tables[7][low & 0xFF] ^ Tables[6][(low >> 8) & 0xFF] ^ Tables[5][(low >> 16) & 0xFF] ^ Tables[4][low >> 24]
                ^ Tables[3][bytes[4]] ^ Tables[2][bytes[5]] ^ Tables[1][bytes[6]] ^ Tables[0][bytes[7]];
            bytes = bytes[8..];
        }

        foreach (var value in bytes)
        {
            crc = (crc >> 8) ^ Tables[0][(crc ^ value) & 0xFF];
        }

        return ~crc;
    }

    /// <summary>The operator that carries a checksum over as many bytes as the part that follows has.</summary>
    public static uint[] ShiftBy(long bytes)
    {
        // Over one zero bit the register shifts once; squaring the operator doubles the bits. Column n is the image of bit n.
        var power = new uint[32];
        power[0] = Polynomial;
        for (var bit = 1; bit < 32; bit++)
        {
            power[bit] = 1u << (bit - 1);
        }

        var shift = Enumerable.Range(0, 32).Select(bit => 1u << bit).ToArray();
        for (var bits = bytes * 8; bits > 0; bits >>= 1)
        {
            if ((bits & 1) != 0)
            {
                shift = Multiply(power, shift);
            }

            power = Multiply(power, power);
        }

        return shift;
    }

    /// <summary>The checksum of first and second together, given <see cref="ShiftBy"/> of the second's length.</summary>
    public static uint Combine(uint first, uint second, uint[] shiftBySecond) => Apply(shiftBySecond, first) ^ second;

    private static uint[] Multiply(uint[] outer, uint[] inner) => [.. inner.Select(column => Apply(outer, column))];

    private static uint Apply(uint[] matrix, uint vector)
    {
        uint sum = 0;
        for (var bit = 0; vector != 0; bit++, vector >>= 1)
        {
            sum ^= (vector & 1) != 0 ? matrix[bit] : 0;
        }

        return sum;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[8][];
        tables[0] = new uint[256];
        for (uint value = 0; value < 256; value++)
        {
            var crc = value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            }

            tables[0][value] = crc;
        }

        for (var table = 1; table < 8; table++)
        {
            var before = tables[table - 1];
            tables[table] = [.. before.Select(crc => (crc >> 8) ^ tables[0][crc & 0xFF])];
        }

        return tables;
    }
}
